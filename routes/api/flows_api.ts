import { FlowDraft, FlowPatch, FlowTry } from "../../protocol/flows.ts";
import { flowStart, runFlow } from "../../bot/flows/run_flow.ts";
import {
  changeFlow,
  checkFlow,
  createFlow,
  deleteFlow,
  listFlows,
  readFlow,
} from "../../chat/flows/flows.ts";
import { starterFlows } from "../../chat/flows/starters.ts";
import { demand } from "../../chat/permissions.ts";
import { bodyOf } from "../http/body.ts";
import { type Asked, nothing, type PortalGroup } from "./portal_group.ts";

const idIn = (c: Asked) => c.req.param("id")!;

/** Flows of the chatbot. */
export const flowsApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/flows", (_, __, who) => listFlows(chat, who));
  answer("get", "/flows/starters", (c, _, who) => {
    demand(who, "content");
    return Promise.resolve({ flows: starterFlows(c.req.query("locale") ?? "") });
  });
  answer("post", "/flows", async (c, _, who) => {
    demand(who, "content");
    return c.json(await createFlow(chat, who, await bodyOf(c.req.raw, FlowDraft)), 201);
  });
  answer("post", "/flows/try", async (c, _, who) => {
    const workspace = demand(who, "content");
    const { flow, state = flowStart(flow), input } = await bodyOf(c.req.raw, FlowTry);
    await checkFlow(chat, workspace, flow);
    return { ...runFlow(flow, state, input) };
  });
  answer("get", "/flows/:id", async (c, _, who) => ({ ...await readFlow(chat, who, idIn(c)) }));
  answer("patch", "/flows/:id", async (c, _, who) => {
    demand(who, "content");
    return { ...await changeFlow(chat, who, { id: idIn(c), ...await bodyOf(c.req.raw, FlowPatch) }) };
  });
  answer("delete", "/flows/:id", async (c, _, who) => {
    await deleteFlow(chat, who, idIn(c));
    return nothing();
  });
};

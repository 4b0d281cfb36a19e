import { Bulk, LabelPatch, NewLabel, NewTeam, TeamPatch } from "../../protocol/desk.ts";
import { actOnRooms } from "../../chat/desk/bulk.ts";
import { changeLabel, createLabel, deleteLabel, listLabels } from "../../chat/desk/labels.ts";
import { changeTeam, createTeam, deleteTeam, listTeams } from "../../chat/desk/teams.ts";
import { bodyOf } from "../http/body.ts";
import { nothing, type PortalGroup } from "./portal_group.ts";

/** Teams and labels of a workspace, and acts on many of its rooms. */
export const deskApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/teams", async (_, __, who) => ({ ...await listTeams(chat, who) }));
  answer("post", "/teams", async (c, _, who) => {
    return c.json(await createTeam(chat, who, await bodyOf(c.req.raw, NewTeam)), 201);
  });
  answer("patch", "/teams/:id", async (c, _, who) => {
    const patch = await bodyOf(c.req.raw, TeamPatch);
    return { ...await changeTeam(chat, who, c.req.param("id")!, patch) };
  });
  answer("delete", "/teams/:id", async (c, _, who) => {
    await deleteTeam(chat, who, c.req.param("id")!);
    return nothing();
  });

  answer("get", "/labels", async (_, __, who) => ({ ...await listLabels(chat, who) }));
  answer("post", "/labels", async (c, _, who) => {
    return c.json(await createLabel(chat, who, await bodyOf(c.req.raw, NewLabel)), 201);
  });
  answer("patch", "/labels/:id", async (c, _, who) => {
    const patch = await bodyOf(c.req.raw, LabelPatch);
    return { ...await changeLabel(chat, who, c.req.param("id")!, patch) };
  });
  answer("delete", "/labels/:id", async (c, _, who) => {
    await deleteLabel(chat, who, c.req.param("id")!);
    return nothing();
  });

  answer("post", "/rooms/bulk", async (c, _, who) => {
    return { ...await actOnRooms(chat, who, await bodyOf(c.req.raw, Bulk)) };
  });
};

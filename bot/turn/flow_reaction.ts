import type { FlowState } from "../../protocol/flows.ts";
import { isAvailable } from "../../chat/chatbots/availability.ts";
import { isOpenAt } from "../../chat/chatbots/business_hours.ts";
import { variantFor } from "../../chat/knowledge/variant.ts";
import { answers } from "../../db/collections/knowledge/answers.ts";
import type { VisitorFacts } from "../../db/visitor_store.ts";
import { flowStart, runFlow } from "../flows/run_flow.ts";
import { answerSaying } from "./answers.ts";
import type { Reaction, Saying } from "./reaction.ts";
import { languagesOf, type TurnContext } from "./turn_context.ts";
import type { TurnFlow, TurnParts } from "./turn_parts.ts";

export function startFlow(
  parts: TurnParts,
  context: TurnContext,
  flow: TurnFlow,
  language?: string,
): Promise<Reaction> {
  return flowReaction(parts, context, flow, { state: flowStart(flow), language });
}

/** One turn of a flow. @throws {Unavailable} */
export async function flowReaction(
  parts: TurnParts,
  context: TurnContext,
  flow: TurnFlow,
  { state, language }: { state: unknown; language?: string },
): Promise<Reaction> {
  const { question: { text, button, seq } } = context;
  const languages = languagesOf(context, language);
  const world = worldOf(parts, context, languages[0] ?? "en");
  const input = { text, button, world, given: givenBy(context) };
  const turn = runFlow(flow, state as FlowState, input);
  const says = turn.says.map(({ text, buttons }): Saying =>
    buttons?.length ? { text, extra: { type: "buttons", buttons } } : { text }
  );
  const reaction: Reaction = { says, state: { misses: 0, turns: 0, flow: undefined }, effects: turn.effects };
  const { done } = turn;
  if (turn.state) {
    return { ...reaction, state: { ...reaction.state, flow: { id: flow.id, state: turn.state } } };
  }
  if (done === undefined || done === "end") return reaction;
  if ("handoff" in done) return { ...reaction, then: { reason: "flow", ...done.handoff } };
  const answer = await answers.get(parts.chat.store, [context.key.admin, done.answer]);
  if (!answer?.enabled) return { ...reaction, then: { reason: "flow" } };
  says.push(await answerSaying(parts, answer, variantFor(answer, languages).body));
  return { ...reaction, state: { ...reaction.state, answered: { seq, at: parts.chat.now() } } };
}

function worldOf({ chat }: TurnParts, { key, settings }: TurnContext, language: string) {
  const at = new Date(chat.now());
  return {
    online: isAvailable(settings, chat.audience.isAdminOnline(key.admin), at),
    hours: isOpenAt(settings, at) ? "open" as const : "closed" as const,
    language,
  };
}

/** What the visitor or the host site has told. What agents wrote about the visitor is for members alone. */
function givenBy({ visitor }: TurnContext): Record<string, string> {
  const { name, email, attributes, verified_attributes }: VisitorFacts = visitor ?? {};
  const phone = verified_attributes?.phone ?? attributes?.phone;
  const all = Object.entries({ name, email, phone });
  return Object.fromEntries(all.filter((one): one is [string, string] => one[1] !== undefined));
}

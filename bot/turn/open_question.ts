import { maxContentLength } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/records.ts";

/** Texts of a visitor that wait for the bot, and what was said before. */
export interface OpenQuestion {
  /** Of the newest text, by which the turn is named. */
  seq: number;
  /** The newest texts that together are no longer than one may be: it is read as a whole, at once. */
  text: string;
  /** The button that was pressed. */
  button?: string;
  /** seq of the message with that button. */
  pressed?: number;
  /** Oldest first. */
  history: Message[];
}

/** Newest messages among which it is looked for. */
export const mostRead = 40;

/** Ids of what the bot says in a turn begin with this. */
export const turnName = (seq: number): string => `bot:${seq}:`;

/** The texts that no turn has dealt with: those after `done`, unless something else than their own turn has answered. */
export function openQuestion(messages: readonly Message[], done: number): OpenQuestion | undefined {
  const texts = messages.filter(({ kind, deleted }) => kind === "text" && !deleted);
  const newest = texts.findLast(({ side }) => side === "visitor");
  if (!newest || newest.seq <= done) return undefined;
  const { seq } = newest, own = turnName(seq);
  const isAnswered = texts.some((text) =>
    text.side === "admin" && text.seq > seq && !text.client_id?.startsWith(own)
  );
  if (isAnswered) return undefined;
  const before = texts.findLast((text) => text.side === "admin" && text.seq < seq)?.seq ?? 0;
  const asked = texts.filter((text) => text.side === "visitor" && text.seq > Math.max(done, before));
  return {
    ...{ seq, text: textOf(asked), ...buttonOf(asked) },
    history: texts.filter((text) => text.seq < asked[0]!.seq),
  };
}

function textOf(asked: readonly Message[]): string {
  let text = "";
  for (const { content } of asked.toReversed()) {
    const longer = text ? `${content.trim()}\n${text}` : content.trim();
    if (longer.length > maxContentLength) break;
    text = longer;
  }
  return text;
}

/** The button that a turn is about: a wish for a person counts whatever came after it, others unless a text did. */
function buttonOf(asked: readonly Message[]): Pick<OpenQuestion, "button" | "pressed"> {
  const person = asked.find(({ reply }) => reply?.button === "person");
  const reply = (person ?? asked.at(-1))?.reply;
  return reply ? { button: reply.button, pressed: reply.seq } : {};
}

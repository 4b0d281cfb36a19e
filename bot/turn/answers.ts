import type { Button, MessageExtra } from "../../protocol/records.ts";
import { type Answer, answers } from "../../db/collections/knowledge/answers.ts";
import type { RecordStore } from "../../db/collection.ts";
import type { BotWords } from "./words.ts";
import type { Saying } from "./reaction.ts";
import type { TurnParts } from "./turn_parts.ts";

/** Characters of a button's label. */
const mostLabel = 120;

/** What is said as an answer, with its buttons that lead somewhere, and whether it has helped is asked. */
export async function answerSaying(parts: TurnParts, answer: Answer, body: string): Promise<Saying> {
  const buttons = await buttonsOf(parts, answer);
  const extra: MessageExtra = { type: "answer", answer: answer.id, helpful: true };
  return { text: body, extra: buttons.length > 0 ? { ...extra, buttons } : extra };
}

/** Targets that do not exist any more are not shown. */
async function buttonsOf(parts: TurnParts, { workspace, buttons }: Answer): Promise<Button[]> {
  const made = await Promise.all(buttons.map(async ({ id, label, do: act }): Promise<Button | undefined> => {
    if ("url" in act) return { id: `url:${id}`, label, url: act.url };
    if ("person" in act) return { id: "person", label };
    if ("answer" in act) {
      return await isAnswer(parts.chat.store, workspace, act.answer)
        ? { id: `answer:${act.answer}`, label }
        : undefined;
    }
    return (await parts.flow(workspace, act.flow))?.enabled ? { id: `flow:${act.flow}`, label } : undefined;
  }));
  return made.filter((button) => button !== undefined);
}

const isAnswer = async (store: RecordStore, workspace: string, id: string) =>
  (await answers.get(store, [workspace, id]))?.enabled === true;

/** "Did you mean": the answers by title, and something else. */
export function offerSaying(words: BotWords, offered: readonly { id: string; title: string }[]): Saying {
  const buttons = offered.map(({ id, title }) => ({ id: `answer:${id}`, label: cut(title) }));
  return {
    text: words.offer,
    extra: { type: "buttons", buttons: [...buttons, { id: "none", label: words.none }] },
  };
}

const cut = (title: string) =>
  title.length > mostLabel
    ? `${title.slice(0, mostLabel - 1).toWellFormed().replace(/\ufffd$/, "")}…`
    : title;

/** Text with a button that calls a person. */
export const personSaying = (words: BotWords, text: string): Saying => ({
  text,
  extra: { type: "buttons", buttons: [{ id: "person", label: words.person }] },
});

import type { AnswerRow } from "../../../protocol/knowledge.ts";
import { audit } from "../../audit/audit.ts";
import type { Chat } from "../../chat.ts";
import { InvalidInput } from "../../errors.ts";
import type { Who } from "../../who.ts";
import { applied, newAnswer } from "../answers.ts";
import { commitChange, editorOf } from "../change.ts";
import { answerRow } from "../lists.ts";
import { starterAnswers } from "./starter_answers.ts";

/**
 * Five answers to begin with, in a language or else in English. They are off: their facts are left open.
 * @throws {Forbidden | NotAllowed} @throws {InvalidInput} if the workspace has answers
 */
export async function addStarters(chat: Chat, who: Who, locale: string): Promise<{ answers: AnswerRow[] }> {
  const editor = editorOf(who), language = locale.split("-")[0]!;
  const starters = starterAnswers[language] ?? starterAnswers.en!;
  const added = starters.map(([title, phrases, body]) =>
    applied(
      { ...newAnswer(editor.workspace), source: "starter" },
      { title, phrases: [...phrases], body, enabled: false },
      { editor, at: chat.now() },
    )
  );
  await commitChange(chat, { editor, act: { act: "starters", kind: "knowledge" } }, (head) => {
    if (head.answers > 0) throw new InvalidInput({ "": "there are answers already" });
    return Promise.resolve({ answer: undefined, items: added.map((after) => ({ kind: "answer", after })) });
  });
  await audit(chat, who, { act: "starter_answers_added", detail: { language } });
  return { answers: added.map(answerRow) };
}

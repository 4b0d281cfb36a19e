import type { SuggestedAnswer } from "../chat/bot/bot.ts";
import { answers } from "../db/collections/knowledge/answers.ts";
import type { RecordStore } from "../db/collection.ts";
import type { Brain } from "./brain.ts";

/** The answers that come nearest to a text, as a member may give them; best first. @throws {Unavailable} */
export async function suggestedAnswers(
  { store, brain }: { store: RecordStore; brain: Pick<Brain, "guesses"> },
  workspace: string,
  text: string,
): Promise<SuggestedAnswer[]> {
  const { guesses } = await brain.guesses(workspace, text);
  const found = await answers.getMany(store, guesses.map(({ id }) => [workspace, id]));
  return guesses.flatMap(({ id, confidence }, i) => {
    const answer = found[i];
    return answer?.enabled ? [{ id, title: answer.title, body: answer.body, confidence }] : [];
  });
}

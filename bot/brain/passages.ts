import type { RecordStore } from "../../db/collection.ts";
import { type PassageIndex, textOf } from "./passage_index.ts";
import type { Found } from "./reading.ts";

/** Texts, and UTF-16 code units of all of them, that a question is answered from. */
const mostFound = 5, mostLength = 4_000;
/** Least cosine: below it, a text shares little but common words with the question. */
const leastCosine = 0.05;

/** The texts of a workspace that are most similar to a question, best first. @throws {Unavailable} */
export async function findPassages(
  index: PassageIndex,
  { store, workspace, question }: { store: RecordStore; workspace: string; question: string },
): Promise<Found[]> {
  const found: Found[] = [];
  let left = mostLength;
  // More than are needed: a text may have been deleted since the index was built, or be another language of one.
  for (const { name, cosine } of index.find(question, 3 * mostFound)) {
    if (found.length === mostFound || left <= 0 || cosine < leastCosine) break;
    const one = await textOf(store, workspace, name);
    if (!one || one.source.answer && found.some(({ source }) => source.answer === one.source.answer)) {
      continue;
    }
    const text = one.text.slice(0, left).toWellFormed();
    left -= text.length;
    found.push({ ...one, text });
  }
  return found;
}

import { addWords, say as sayIn, type Word } from "../../../words/words.ts";
import { reviewStrings } from "./review_strings.ts";

export { count, locale } from "../../../words/words.ts";

await addWords(reviewStrings, { ar: () => import("./review_strings_ar.ts") });

/** The words of the review under a key, from the portal's one table. */
export const say = (word: keyof typeof reviewStrings, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);

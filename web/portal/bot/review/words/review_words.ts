import { partWords } from "../../../words/words.ts";
import { reviewStrings } from "./review_strings.ts";

export { locale } from "../../../words/words.ts";

/** The words of the review. */
export const { say, count } = await partWords(reviewStrings, { ar: () => import("./review_strings_ar.ts") });

import { partWords } from "../../../words/words.ts";
import { flowStrings } from "./flow_strings.ts";

export type FlowWord = keyof typeof flowStrings;

/** The words of the flows. */
export const { say } = await partWords(flowStrings, { ar: () => import("./flow_strings_ar.ts") });

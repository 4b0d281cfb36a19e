import { quantile } from "./figures.ts";
import { inTurns } from "./in_turns.ts";
import { judgeRatio, type Verdict } from "./verdict.ts";

/**
 * Time from process start to the first answered request, compared with a minimal program that uses the same
 * libraries.
 */
export async function coldStart(): Promise<Verdict[]> {
  // The first rounds fill Deno's code cache.
  const names = ["parlor", "bare"] as const;
  await inTurns(names, { rounds: 2, measure: () => Promise.resolve() });
  const starts = await inTurns(names, { rounds: 9, measure: ({ startMs }) => Promise.resolve(startMs) });
  const parlor = quantile(starts.parlor, 0.5), against = quantile(starts.bare, 0.5);
  return [judgeRatio("cold start to the first answer", { parlor, against, unit: "ms" }, { atMost: 1.5 })];
}

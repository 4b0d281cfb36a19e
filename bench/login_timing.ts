import { password, post, signUp } from "./client.ts";
import { quantile } from "./figures.ts";
import { inTurns } from "./in_turns.ts";
import { kolmogorovSmirnov } from "./kolmogorov_smirnov.ts";
import type { Program } from "./program.ts";
import { judgeFigure, type Verdict } from "./verdict.ts";

const names = 500;

/** Whether the response time of a failed login reveals that an account exists. */
export async function loginTiming(): Promise<Verdict[]> {
  const { parlor: [times] } = await inTurns(["parlor"], { rounds: 1, measure: refusals });
  const { known, unknown } = times!;
  const { p } = kolmogorovSmirnov(known, unknown);
  const median = { parlor: quantile(known, 0.5), against: quantile(unknown, 0.5), unit: "ms" };
  return [
    judgeFigure(
      `${names} known against ${names} unknown names: p of a Kolmogorov-Smirnov test`,
      { parlor: p, unit: "" },
      { atLeast: 0.01 },
    ),
    judgeFigure("a wrong password, against an unknown name: median", median, {
      atLeast: median.against - 5,
      atMost: median.against + 5,
    }),
  ];
}

/**
 * Times of failed logins in milliseconds; existing and unknown names alternate, so that other load affects
 * both alike.
 */
async function refusals(program: Program): Promise<{ known: number[]; unknown: number[] }> {
  const taken = Array.from({ length: names }, (_, i) => `known_${1_000 + i}`);
  for (const name of taken) await signUp(program, name);
  const known: number[] = [], unknown: number[] = [];
  for (const name of taken) {
    const tries = [
      () => refusal(program, name).then((time) => known.push(time)),
      () => refusal(program, name.replace("known", "other")).then((time) => unknown.push(time)),
    ];
    if (Math.random() < 0.5) tries.reverse();
    for (const attempt of tries) await attempt();
  }
  return { known, unknown };
}

async function refusal({ address }: Program, username: string): Promise<number> {
  const began = performance.now();
  const response = await post(`${address}/accounts/api/login`, { username, password: `${password}?` });
  await response.text();
  if (response.status !== 401) throw new Error(`a login answered ${response.status}`);
  return performance.now() - began;
}

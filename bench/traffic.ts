import { signUp } from "./client.ts";
import { quantile } from "./figures.ts";
import { inTurns } from "./in_turns.ts";
import { type Load, type LoadFigures, underLoad } from "./load.ts";
import { judgeFigure, judgeRatio, type Verdict } from "./verdict.ts";

const loads = {
  closedLoop: { rooms: 100, warm: 2, seconds: 4 },
  oneRoom: { rooms: 1, warm: 1, seconds: 2 },
  steady: { rooms: 100, rate: 1_000, warm: 1, seconds: 5 },
} satisfies Record<string, Load>;
type LoadName = keyof typeof loads;

/** Processes of the same program differ by up to 10 %, so several are measured. */
const rounds = 5;

/** Message throughput and latency compared with the baseline; medians of the rounds. */
export async function traffic(): Promise<Verdict[]> {
  const figures = await inTurns(["parlor", "floor"], {
    rounds,
    measure: async (program, name) => {
      const admin = name === "parlor" ? await signUp(program, "asha") : {};
      return {
        closedLoop: await underLoad(program, admin, loads.closedLoop),
        oneRoom: await underLoad(program, admin, loads.oneRoom),
        steady: await underLoad(program, admin, loads.steady),
      };
    },
  });
  const all = (name: "parlor" | "floor", load: LoadName, figure: keyof LoadFigures) =>
    figures[name].map((round) => round[load][figure]);
  const both = (load: LoadName, figure: keyof LoadFigures, unit: string) => ({
    parlor: quantile(all("parlor", load, figure), 0.5),
    against: quantile(all("floor", load, figure), 0.5),
    unit,
  });
  const longest = {
    parlor: Math.max(...all("parlor", "steady", "longest")),
    against: Math.max(...all("floor", "steady", "longest")),
    unit: "ms",
  };
  return [
    judgeRatio("100 rooms: messages a second", both("closedLoop", "messagesPerSecond", "/s"), {
      atLeast: 0.8,
    }),
    judgeRatio("100 rooms: CPU a message", both("closedLoop", "cpuUsPerMessage", "µs"), { atMost: 1.4 }),
    judgeRatio("one room: latency p50", both("oneRoom", "p50", "ms"), { atMost: 1.5 }),
    judgeRatio("1,000 messages a second: latency p99", both("steady", "p99", "ms"), { atMost: 1.5 }),
    judgeFigure("1,000 messages a second: longest", longest, { atMost: 100 }),
  ];
}

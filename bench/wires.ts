import { signUp } from "./client.ts";
import { mean } from "./figures.ts";
import { inTurns } from "./in_turns.ts";
import { underLoad } from "./load.ts";
import { judgeRatio, type Verdict } from "./verdict.ts";

/** Message throughput on npm:ws, compared with the same service on Deno's own WebSockets. */
export async function wires(): Promise<Verdict[]> {
  const figures = await inTurns(["parlorOnWs", "parlor"], {
    rounds: 2,
    measure: async (program) =>
      await underLoad(program, await signUp(program, "asha"), { rooms: 100, warm: 2, seconds: 4 }),
  });
  const both = (figure: "messagesPerSecond" | "cpuUsPerMessage", unit: string) => ({
    parlor: mean(figures.parlorOnWs.map((round) => round[figure])),
    against: mean(figures.parlor.map((round) => round[figure])),
    unit,
  });
  return [
    judgeRatio("WIRE=ws, 100 rooms: messages a second", both("messagesPerSecond", "/s"), { atLeast: 0.7 }),
    judgeRatio("WIRE=ws, 100 rooms: CPU a message", both("cpuUsPerMessage", "µs"), { atMost: 1.43 }),
  ];
}

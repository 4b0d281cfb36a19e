import type { WebSocket } from "ws";
import { openSocket, pause, signUp } from "./client.ts";
import { mean } from "./figures.ts";
import { inTurns } from "./in_turns.ts";
import type { Program } from "./program.ts";
import { judgeFigure, judgeRatio, type Verdict } from "./verdict.ts";

const sockets = 4_000;
const inFlight = 64;
const settleMs = 2_500;
/**
 * Waits for the threads that start after the first writes, so that their memory is not counted per socket.
 * Milliseconds.
 */
const startMs = 3_000;

/** Cost of idle chat sockets. */
export async function idle(): Promise<Verdict[]> {
  const figures = await inTurns(["parlor", "floor"], {
    rounds: 2,
    measure: async (program, name) => {
      if (name === "parlor") await signUp(program, "asha");
      return await openMany(program);
    },
  });
  const kib = (name: "parlor" | "floor") => mean(figures[name].map((round) => round.kibPerSocket));
  const refused = Math.max(...figures.parlor.map((round) => round.refused));
  return [
    judgeRatio("4,000 idle sockets: memory a socket", {
      parlor: kib("parlor"),
      against: kib("floor"),
      unit: "KiB",
    }, { atMost: 1.5 }),
    judgeFigure("4,000 idle sockets: refused", { parlor: refused, unit: "sockets" }, { atMost: 0 }),
  ];
}

/** Opens chat sockets of visitors, one room each. */
async function openMany(program: Program): Promise<{ kibPerSocket: number; refused: number }> {
  await pause(startMs);
  const before = program.memoryKib();
  const opened: WebSocket[] = [];
  let asked = 0, refused = 0;
  const openSome = async () => {
    while (asked++ < sockets) {
      const url = `${program.socketAddress}/ws/chat/asha/${crypto.randomUUID()}`;
      await openSocket(url).then((socket) => opened.push(socket), () => refused++);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, openSome));
  await pause(settleMs);
  const kibPerSocket = (program.memoryKib() - before) / opened.length;
  refused += opened.filter((socket) => socket.readyState !== socket.OPEN).length;
  for (const socket of opened) socket.terminate();
  return { kibPerSocket, refused };
}

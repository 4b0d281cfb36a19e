import type { WebSocket } from "ws";
import { ask, openSocket, password, pause, post, signUp } from "./client.ts";
import { quantile } from "./figures.ts";
import { inTurns } from "./in_turns.ts";
import { Conversations } from "./load.ts";
import type { Program } from "./program.ts";
import { judgeFigure, type Verdict } from "./verdict.ts";

const logins = 20;
const probeEveryMs = 5;

/** Whether password hashing delays messages. */
export async function loginsAtOnce(): Promise<Verdict[]> {
  const { parlor } = await inTurns(["parlor"], { rounds: 3, measure: lagDuringLogins });
  const p99 = quantile(parlor.flat(), 0.99);
  return [
    judgeFigure("20 logins in 1,000 messages a second: lag p99", { parlor: p99, unit: "ms" }, { atMost: 50 }),
  ];
}

/** Round-trip times of the probe during the logins. Milliseconds. */
async function lagDuringLogins(program: Program): Promise<number[]> {
  const asha = await signUp(program, "asha"), bruno = await signUp(program, "bruno");
  const conversations = new Conversations(program, asha);
  await conversations.open(100);
  const load = conversations.run({ rooms: 100, rate: 1_000, warm: 0, seconds: 4 });
  await pause(1_500);
  const socket = await openSocket(`${program.socketAddress}/ws/room/bruno`, {
    headers: bruno,
    protocols: ["parlor.v1"],
  });
  const probe = startProbe(socket);
  await Promise.all(Array.from({ length: logins }, () => login(program)));
  const lags = await probe.stop();
  await load;
  conversations.close();
  socket.terminate();
  return lags;
}

async function login({ address }: Program): Promise<void> {
  const response = await post(`${address}/accounts/api/login`, { username: "asha", password });
  await response.body?.cancel();
  if (response.status !== 200) throw new Error(`a login answered ${response.status}`);
}

/**
 * Measures event-loop lag from a client: sends a frame that costs the service almost nothing every few
 * milliseconds on an otherwise idle socket. A round trip is never shorter than the lag at that time.
 */
function startProbe(socket: WebSocket): { stop(): Promise<number[]> } {
  const lags: number[] = [];
  let stopped = false;
  const probing = (async () => {
    while (!stopped) {
      const lag = await ask(socket, { command: "subscribe" });
      lags.push(lag);
      await pause(Math.max(0, probeEveryMs - lag));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await probing;
      return lags;
    },
  };
}

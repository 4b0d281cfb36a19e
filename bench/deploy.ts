import type { WebSocket } from "ws";
import { openSocket, pause, signUp } from "./client.ts";
import { quantile } from "./figures.ts";
import { inFolder } from "./in_turns.ts";
import { Program } from "./program.ts";
import { judgeFigure, judgeRatio, type Verdict } from "./verdict.ts";

const sockets = 2_000, atOnce = 64;
const settleMs = 2_000;

const starts = 7;

/** Costs of an instance on Deno KV, as on Deno Deploy, with 2,000 visitors who have each sent a message. */
export async function deploy(): Promise<Verdict[]> {
  return [await coldStart(), ...await visitors()];
}

/** Time from process start to the first answer, in turns with SQLite. Milliseconds. */
async function coldStart(): Promise<Verdict> {
  const ms = { kv: [] as number[], sqlite: [] as number[] };
  for (let i = 0; i < starts; i++) {
    for (const engine of ["kv", "sqlite"] as const) {
      await inFolder(async (folder) => {
        await using program = await Program.start("parlor", folder, `${engine}:${folder}/parlor.db`);
        ms[engine].push(program.startMs);
      });
    }
  }
  const [parlor, against] = [quantile(ms.kv, 0.5), quantile(ms.sqlite, 0.5)];
  return judgeRatio("cold start on Deno KV (against SQLite)", { parlor, against, unit: "ms" }, {
    atMost: 1.5,
  });
}

function visitors(): Promise<Verdict[]> {
  return inFolder(async (folder) => {
    await using program = await Program.start("parlor", folder, `kv:${folder}/parlor.kv`);
    await signUp(program, "asha");
    const before = program.memoryKib() / 1_024;
    const opened: WebSocket[] = [];
    const urls = Array.from(
      { length: sockets },
      () => `${program.socketAddress}/ws/chat/asha/${crypto.randomUUID()}`,
    );
    await Promise.all(Array.from({ length: atOnce }, async () => {
      for (let url; (url = urls.pop());) opened.push(await openAndSay(url));
    }));
    await pause(settleMs);
    const parlor = program.memoryKib() / 1_024;
    const open = opened.filter(({ readyState }) => readyState === 1).length;
    for (const socket of opened) socket.terminate();
    return [
      judgeFigure("2,000 visitors on Deno KV: memory (against none)", {
        parlor,
        against: before,
        unit: "MiB",
      }, {
        atMost: 512,
      }),
      judgeFigure("2,000 visitors on Deno KV: sockets open", { parlor: open, unit: "sockets" }, {
        atLeast: sockets,
      }),
    ];
  });
}

async function openAndSay(url: string): Promise<WebSocket> {
  const socket = await openSocket(url);
  const stored = new Promise((resolve) => socket.once("message", resolve));
  const message = { author: "visitor", content: "Where is my order?" };
  socket.send(JSON.stringify({ command: "new_message", message }));
  await stored;
  return socket;
}

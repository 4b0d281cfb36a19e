import { fileURLToPath } from "node:url";
import { PostgresServer } from "../tests/harness/postgres.ts";
import { inFolder } from "./in_turns.ts";
import { judgeFigure, type Verdict } from "./verdict.ts";

const writer = fileURLToPath(new URL("../tests/instances/writer.ts", import.meta.url));
const seconds = "5";

/** Durable messages per second of each engine; each process writes to 64 rooms in a closed loop. */
export async function engines(): Promise<Verdict[]> {
  const server = await PostgresServer.start();
  if (!server) throw new Error("there is no PostgreSQL on this machine");
  try {
    return await inFolder(async (folder) => {
      const sqlite = await rate(`sqlite:${folder}/parlor.db`, 1);
      const kv = await rate(`kv:${folder}/parlor.kv`, 1);
      const [one, two, three] = [
        await rate(server.schema(), 1),
        await rate(server.schema(), 2),
        await rate(server.schema(), 3),
      ];
      const row = (what: string, parlor: number, target = {}) =>
        judgeFigure(what, { parlor, against: sqlite, unit: "/s" }, target);
      return [
        row("durable messages a second: Deno KV (a file), one process (against SQLite)", kv),
        row("durable messages a second: PostgreSQL, one process", one),
        row("durable messages a second: PostgreSQL, two processes", two, { atLeast: 5_000 }),
        row("durable messages a second: PostgreSQL, three processes", three),
      ];
    });
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

/** Messages per second of all processes together; each writes to the rooms of its own admin. */
async function rate(url: string, processes: number): Promise<number> {
  const rates = await Promise.all(Array.from({ length: processes }, async (_, i) => {
    const args = ["run", "--frozen", "-A", writer, url, `admin-${i}`, seconds];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).output();
    return Number(new TextDecoder().decode(stdout));
  }));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

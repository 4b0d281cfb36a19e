import { PostgresServer } from "../tests/harness/postgres.ts";
import { cpuUsOf } from "./bystanders.ts";
import { signUp } from "./client.ts";
import { mean } from "./figures.ts";
import { inFolder } from "./in_turns.ts";
import { Conversations, type LoadFigures } from "./load.ts";
import { Program } from "./program.ts";
import { judgeFigure, type Verdict } from "./verdict.ts";

const rooms = 96, rate = 400, warm = 2, seconds = 5;

interface Figures {
  steady: LoadFigures;
  closedLoop: LoadFigures;
  /** CPU time of the database per message at the constant rate. Microseconds. */
  databaseUs: number;
}

/**
 * One, two and three processes on one PostgreSQL, with visitor and admin on different processes, compared
 * with one process on SQLite.
 */
export async function instances(): Promise<Verdict[]> {
  const server = await PostgresServer.start();
  if (!server) throw new Error("there is no PostgreSQL on this machine");
  try {
    const alone = await measure(1, { url: undefined });
    const figures = [];
    for (const count of [1, 2, 3]) figures.push(await measure(count, { url: server.schema(), server }));
    return [
      ...rowsOf("SQLite, 1 process", alone, alone),
      ...figures.flatMap((figure, i) =>
        rowsOf(`PostgreSQL, ${i + 1} ${i ? "processes" : "process"}`, figure, alone)
      ),
      judgeFigure(
        "p50 across two processes, above that of one",
        { parlor: figures[1]!.steady.p50 - figures[0]!.steady.p50, unit: "ms" },
        { atMost: 15 },
      ),
    ];
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

function rowsOf(name: string, of: Figures, alone: Figures): Verdict[] {
  const row = (what: string, unit: string, figure: (of: Figures) => number) =>
    judgeFigure(`${name}: ${what}`, { parlor: figure(of), against: figure(alone), unit }, {});
  return [
    row(
      "messages a second, closed loop (against SQLite)",
      "/s",
      ({ closedLoop }) => closedLoop.messagesPerSecond,
    ),
    row(`CPU of Parlor a message, ${rate}/s`, "µs", ({ steady }) => steady.cpuUsPerMessage),
    row(`CPU of the database a message, ${rate}/s`, "µs", ({ databaseUs }) => databaseUs),
    row(`latency p50, ${rate}/s`, "ms", ({ steady }) => steady.p50),
    row(`latency p99, ${rate}/s`, "ms", ({ steady }) => steady.p99),
  ];
}

function measure(
  count: number,
  { url, server }: { url: string | undefined; server?: PostgresServer },
): Promise<Figures> {
  return inFolder(async (folder) => {
    await using started = new AsyncDisposableStack();
    const programs: Program[] = [];
    for (let i = 0; i < count; i++) {
      const own = `${folder}/${i}`;
      await Deno.mkdir(own);
      programs.push(started.use(await Program.start("parlor", own, url)));
    }
    const admin = await signUp(programs[0]!, "asha");
    const all = programs.map((program, i) => new Conversations(program, admin, programs[(i + 1) % count]));
    await Promise.all(all.map((one) => one.open(rooms / count)));
    const run = async (rate?: number) =>
      together(await Promise.all(all.map((one) => one.run({ rooms, rate, warm, seconds }))));
    const before = server ? databaseCpuUs(server) : 0;
    const steady = await run(rate / count);
    const databaseUs = ((server ? databaseCpuUs(server) : 0) - before) / (rate * (warm + seconds));
    const closedLoop = await run();
    for (const one of all) one.close();
    return { steady, closedLoop, databaseUs };
  });
}

/**
 * Combines the figures of concurrent processes. The CPU time of each includes work for messages of the
 * others.
 */
function together(all: LoadFigures[]): LoadFigures {
  const messagesPerSecond = all.reduce((sum, one) => sum + one.messagesPerSecond, 0);
  const cpu = all.reduce((sum, one) => sum + one.cpuUsPerMessage * one.messagesPerSecond, 0);
  return {
    messagesPerSecond,
    cpuUsPerMessage: cpu / messagesPerSecond,
    p50: mean(all.map(({ p50 }) => p50)),
    p99: Math.max(...all.map(({ p99 }) => p99)),
    longest: Math.max(...all.map(({ longest }) => longest)),
  };
}

/** Finds the server's processes by their working directory, which is the data folder. */
function databaseCpuUs({ folder }: PostgresServer): number {
  let sum = 0;
  for (const { name } of Deno.readDirSync("/proc")) {
    if (/^\d+$/.test(name) && standsIn(name, folder)) sum += cpuUsOf(Number(name));
  }
  return sum;
}

function standsIn(pid: string, folder: string): boolean {
  try {
    return Deno.readLinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false; // another user's process, or it has exited
  }
}

import type { WebSocket } from "ws";
import { ask, type Headers, openSocket, signUp } from "./client.ts";
import { quantile } from "./figures.ts";
import { inFolder } from "./in_turns.ts";
import { Program } from "./program.ts";
import { consumerOf, type History, seed } from "./seed.ts";
import { judgeRatio, type Verdict } from "./verdict.ts";

const short: History = { rooms: 100, messages: 10_000, longest: 100 };
const long: History = { rooms: 20_000, messages: 1_000_000, longest: 100_000 };
const starts = 9;
const blocks = 6;
const requestsInBlock = 50;

/** Cost of pages and of a start with a long history, compared with a short and an empty one. */
export function longHistory(): Promise<Verdict[]> {
  return inFolder(async (folder) => {
    const places = { long: `${folder}/long`, short: `${folder}/short`, empty: `${folder}/empty` };
    for (const place of Object.values(places)) await Deno.mkdir(place);
    const admins = { long: await prepare(places.long, long), short: await prepare(places.short, short) };
    await prepare(places.empty);
    const start = await startTimes(places.long, places.empty);
    const pages = await pageTimes(places, admins);
    return [
      judgeRatio("fetch_rooms p50, 1,000,000 messages : 10,000", { ...pages.rooms, unit: "ms" }, {
        atMost: 2,
      }),
      judgeRatio("fetch_messages p50, 1,000,000 messages : 10,000", { ...pages.messages, unit: "ms" }, {
        atMost: 2,
      }),
      judgeRatio("start, 1,000,000 messages : none", { ...start, unit: "ms" }, { atMost: 2 }),
    ];
  });
}

/** Creates a database with an admin and, if given, a history. */
async function prepare(folder: string, history?: History): Promise<Headers> {
  const admin = await makeAdmin(folder);
  if (history) seed(`${folder}/parlor.db`, history);
  return admin;
}

async function makeAdmin(folder: string): Promise<Headers> {
  await using program = await Program.start("parlor", folder);
  return await signUp(program, "asha");
}

async function startTimes(long: string, empty: string): Promise<{ parlor: number; against: number }> {
  const times: Record<string, number[]> = { [long]: [], [empty]: [] };
  for (let i = 0; i < starts; i++) {
    for (const folder of [long, empty]) {
      await using program = await Program.start("parlor", folder);
      times[folder]!.push(program.startMs);
    }
  }
  return { parlor: quantile(times[long]!, 0.5), against: quantile(times[empty]!, 0.5) };
}

interface Times {
  rooms: number[];
  messages: number[];
}

/** Both run at the same time and are queried in turns, so that other load affects both alike. */
async function pageTimes(
  places: { long: string; short: string },
  admins: { long: Headers; short: Headers },
) {
  await using longProgram = await Program.start("parlor", places.long);
  await using shortProgram = await Program.start("parlor", places.short);
  const long = await openBoth(longProgram, admins.long), short = await openBoth(shortProgram, admins.short);
  for (const one of [long, short]) await askBlock(one, { rooms: [], messages: [] });
  for (let i = 0; i < blocks; i++) for (const one of [long, short]) await askBlock(one, one.times);
  for (const { inbox, chat } of [long, short]) [inbox, chat].forEach((socket) => socket.terminate());
  const p50 = (command: keyof Times) => ({
    parlor: quantile(long.times[command], 0.5),
    against: quantile(short.times[command], 0.5),
  });
  return { rooms: p50("rooms"), messages: p50("messages") };
}

/** The admin's room socket, and a chat socket in the room with the longest history. */
async function openBoth({ socketAddress }: Program, headers: Headers) {
  return {
    inbox: await openSocket(`${socketAddress}/ws/room/asha`, { headers }),
    chat: await openSocket(`${socketAddress}/ws/chat/asha/${consumerOf(1)}`, { headers }),
    times: { rooms: [], messages: [] } as Times,
  };
}

async function askBlock({ inbox, chat }: { inbox: WebSocket; chat: WebSocket }, times: Times): Promise<void> {
  for (let i = 0; i < requestsInBlock; i++) {
    times.rooms.push(await ask(inbox, { command: "fetch_rooms" }));
    times.messages.push(await ask(chat, { command: "fetch_messages" }));
  }
}

import { Unavailable } from "../../errors.ts";
import type { RoomRecord } from "../../room.ts";
import type { StoredMessage } from "../../stored_message.ts";
import type { Engine } from "../engine.ts";
import { keys } from "../keys.ts";
import { pauseAfter } from "../pause_after.ts";
import { roomEntries } from "../room_entries.ts";

/** Rooms, and messages of a room, per read; rooms moved concurrently. */
const roomsAtOnce = 200, messagesAtOnce = 100, movedAtOnce = 16;
/** Maximum attempts to move one room while other processes write to it. */
const maxAttempts = 40;

/**
 * Puts the rooms of earlier versions into the lists of the team's inbox, with the time since which their visitor
 * waits. Several processes may run it at the same time; an interrupted migration starts again. A process of an
 * earlier version must not write meanwhile: it does not know these lists.
 */
export async function moveToBoxes(engine: Engine): Promise<void> {
  if ((await engine.get(keys.hasBoxes)).value !== null) return;
  const prefix = ["room"];
  let start: Deno.KvKey | undefined;
  for (let some; (some = await roomsAfter(engine, prefix, start)).length > 0;) {
    start = [...some.at(-1)!.key.slice(0, -1), `${some.at(-1)!.key.at(-1) as string}\0`];
    const left = [...some];
    const moveNext = async () => {
      for (let entry; (entry = left.pop());) await moveRoom(engine, entry.key);
    };
    await Promise.all(Array.from({ length: movedAtOnce }, moveNext));
  }
  await engine.change({ sets: [{ key: keys.hasBoxes, value: true }] });
}

function roomsAfter(engine: Engine, prefix: Deno.KvKey, start: Deno.KvKey | undefined) {
  return engine.list<RoomRecord>(start ? { prefix, start } : { prefix }, { limit: roomsAtOnce });
}

async function moveRoom(engine: Engine, key: Deno.KvKey): Promise<void> {
  for (let attempt = 0;; attempt++) {
    try {
      if (await moveOnce(engine, key)) return;
      if (attempt === maxAttempts) throw new Unavailable("Too many move the same room at once");
    } catch (error) {
      if (attempt === maxAttempts || !(error instanceof Unavailable)) throw error;
    }
    await pauseAfter(attempt);
  }
}

/** Returns false if the room was changed meanwhile. A resolved room is in no new list. */
async function moveOnce(engine: Engine, key: Deno.KvKey): Promise<boolean> {
  const entry = await engine.get<RoomRecord>(key), room = entry.value;
  if (!room || room.status !== "open") return true;
  const since = room.waitingSince ?? await firstUnanswered(engine, room);
  const after = since === undefined ? room : { ...room, waitingSince: since };
  const { sets } = roomEntries(undefined, after);
  // In the list of unassigned rooms it is if it was moved before.
  const isMoved = (await engine.getMany(sets.map(({ key }) => key))).every(({ value }) => value !== null);
  if (isMoved) return true;
  const sums = [
    { key: keys.count(room.admin, "unassigned"), by: 1 },
    ...since === undefined ? [] : [{ key: keys.count(room.admin, "waiting"), by: 1 }],
  ];
  return await engine.change({ checks: [entry], sets, sums });
}

/** Time of the visitor's first text after the last answer of a person. */
async function firstUnanswered(engine: Engine, { id, head }: RoomRecord): Promise<number | undefined> {
  let since: number | undefined;
  for (let before = head + 1; before > 1; before -= messagesAtOnce) {
    const start = keys.message(id, Math.max(1, before - messagesAtOnce)), end = keys.message(id, before);
    const page = await engine.list<StoredMessage>({ start, end }, { limit: messagesAtOnce, reverse: true });
    for (const { value: { side, kind, created, content, details } } of page) {
      const isAnswer = side === "admin" && kind === "text" && details?.by !== "bot";
      if (isAnswer || kind === "status" && content === "resolved") return since;
      if (side === "visitor" && kind === "text") since = created;
    }
  }
  return since;
}

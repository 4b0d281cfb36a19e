import { patchedFacts } from "../patched_facts.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorFacts, VisitorPatch, VisitorRecord, VisitorStore } from "../visitor_store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { readRoom } from "./room_batch.ts";
import { roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";

export function visitors(
  engine: Engine,
  queue: RoomQueue,
): Pick<VisitorStore, "saveVisitor" | "visitor" | "visitors"> {
  return {
    saveVisitor: (key, patch, at) => queue.change(key, () => saveVisitor(engine, key, { patch, at })),
    async visitor({ admin, consumer }) {
      return (await engine.get<VisitorRecord>(keys.visitor(admin, consumer))).value ?? undefined;
    },
    async visitors(admin, after, limit) {
      const prefix = keys.visitorsOf(admin);
      const start = after === undefined ? undefined : [...keys.visitor(admin, after), ""];
      const entries = await engine.list<VisitorRecord>(start ? { prefix, start } : { prefix }, { limit });
      return entries.map(({ key, value }) => ({ consumer: key.at(-1) as string, visitor: value }));
    },
  };
}

/** What a room shows of its visitor. */
export function profileOf(facts: VisitorFacts | null): RoomRecord["visitor"] {
  const { name, email, verified = false } = facts ?? {};
  if (name === undefined && email === undefined && !verified) return undefined;
  return { ...(name !== undefined && { name }), ...(email !== undefined && { email }), verified };
}

async function saveVisitor(engine: Engine, key: RoomKey, { patch, at }: { patch: VisitorPatch; at: number }) {
  const [entry, known] = await readRoom(engine, key);
  const { firstSeen = at, lastSeen = at, ...facts } = known.value ?? {} as Partial<VisitorRecord>;
  const value: VisitorRecord = { ...patchedFacts(facts, patch), firstSeen, lastSeen: Math.max(lastSeen, at) };
  const { visitor: _, ...bare } = entry.value ?? {} as RoomRecord;
  const profile = profileOf(value);
  const room: RoomRecord | undefined = entry.value
    ? { ...bare, ...(profile && { visitor: profile }) }
    : undefined;
  const { sets = [], ...rest } = entry.value ? roomEntries(entry.value, room) : {};
  const saved = { key: keys.visitor(key.admin, key.consumer), value };
  return await engine.change({ ...rest, sets: [...sets, saved], checks: [entry, known] })
    ? { answer: room }
    : undefined;
}

import { newAccountId } from "../account_id.ts";
import { accounts } from "../collections/accounts.ts";
import { chatbots } from "../collections/chatbots.ts";
import { claims } from "../collections/claims.ts";
import { keptValues } from "../collections/kept_values.ts";
import { hashOf, pushAddresses } from "../collections/push_addresses.ts";
import { sessions } from "../collections/sessions.ts";
import { spentIds } from "../collections/spent_ids.ts";
import { visitors } from "../collections/visitors.ts";
import { checkCommit, type RecordName } from "../records.ts";
import { Unavailable } from "../errors.ts";
import type { Change, Engine } from "./engine.ts";
import { pauseAfter } from "./pause_after.ts";
import { changeOf } from "./records.ts";

/** Converts an entry of an earlier layout to the records that its collection stores. */
interface Move {
  kind: string;
  records(entry: Deno.KvEntry<never>): (RecordName & { value: unknown })[] | Promise<Made>;
}

type Made = (RecordName & { value: unknown })[];

const spent = /^spent (\d+) (.*)$/s;

/** First key part of each earlier layout, and the conversion of its entries. */
const moves: Move[] = [
  { kind: "account", records: ({ value }) => accounts.recordsOf(withId(value)) },
  { kind: "session", records: ({ value }) => sessions.recordsOf(value) },
  {
    kind: "chatbot",
    records: ({ key, value }) =>
      chatbots.recordsOf({ username: key[1] as string, ...value as object } as never),
  },
  {
    kind: "claim",
    records: ({ key, value }) => claims.recordsOf({ ...ofRoom(key), ...value as object } as never),
  },
  {
    kind: "visitor",
    records: ({ key, value }) => visitors.recordsOf({ ...ofRoom(key), ...value as object } as never),
  },
  { kind: "kept", records: ({ key, value }) => keptRecords(key[1] as string, value) },
  {
    kind: "push",
    records: async ({ value }) => {
      const { endpoint } = value as { endpoint: string };
      return pushAddresses.recordsOf({ ...value as object, id: await hashOf(endpoint) } as never);
    },
  },
];
/** Indexes of earlier versions; deleted. */
const formerIndexes = ["sessions", "pushes"];

/** Entries and bytes per change: below the engine's limits of 100 checks and 800 KiB. */
const mostAtOnce = 30, mostBytes = 400_000;
/** Maximum attempts of one change while other processes run the same migration. */
const maxAttempts = 40;

/**
 * Moves entries of earlier versions into records, in small changes. Several processes may run it at the same
 * time; each entry is moved once. An interrupted migration continues at the next start, which also moves
 * entries that a process of an earlier version has written since.
 */
export async function moveToRecords(engine: Engine): Promise<void> {
  for (const move of moves) await moveAll(engine, move);
  for (const kind of formerIndexes) await clear(engine, kind);
}

async function moveAll(engine: Engine, move: Move): Promise<void> {
  for (let attempt = 0;;) {
    const done = await moveNext(engine, move, attempt === maxAttempts);
    if (done === "all") return;
    if (done === "some") attempt = 0;
    else await pauseAfter(attempt++);
  }
}

/**
 * Moves one batch; returns how much was moved. A conflict with other processes is retried, unless `isLast`.
 */
async function moveNext(engine: Engine, move: Move, isLast: boolean): Promise<"all" | "some" | "none"> {
  try {
    const some = await engine.list<never>({ prefix: [move.kind] }, { limit: mostAtOnce });
    if (some.length === 0) return "all";
    if (await moveSome(engine, move, some)) return "some";
  } catch (error) {
    if (isLast || !(error instanceof Unavailable)) throw error;
  }
  if (isLast) throw new Unavailable("Too many move the same entries at once");
  return "none";
}

/** Moves these entries. Returns false if another process changed one of them. */
async function moveSome(engine: Engine, move: Move, some: Deno.KvEntry<never>[]): Promise<boolean> {
  const change: Required<Pick<Change, "checks" | "sets" | "deletes">> = {
    checks: [],
    sets: [],
    deletes: [],
  };
  let bytes = 0;
  for (const entry of some) {
    const [own, ...entries] = await move.records(entry);
    const { sets } = changeOf(checkCommit({ put: [own!, ...entries] }));
    bytes += sets.reduce((sum, { value }) => sum + (value as Uint8Array).length, 0);
    if (change.deletes.length > 0 && bytes > mostBytes) break;
    const there = await engine.get(sets[0]!.key);
    change.checks.push(entry, there);
    // A record that already exists was written by this version and is newer.
    if (there.value === null) change.sets.push(...sets);
    change.deletes.push(entry.key);
  }
  return await engine.change(change);
}

async function clear(engine: Engine, kind: string): Promise<void> {
  for (let some; (some = await engine.list({ prefix: [kind] }, { limit: 500 })).length > 0;) {
    await engine.remove(some.map(({ key }) => key));
  }
}

const ofRoom = (key: Deno.KvKey) => ({ admin: key[1] as string, consumer: key[2] as string });

/** Accounts of versions without ids: marked `legacy`, so that data keyed by the name remains theirs. */
function withId(entry: { id?: string; deleted?: number }): never {
  const isOld = entry.deleted === undefined && !entry.id;
  return (isOld ? { ...entry, id: newAccountId(), legacy: true } : entry) as never;
}

function keptRecords(name: string, value: string): Made {
  const [, until, id] = spent.exec(name) ?? [];
  return id === undefined
    ? keptValues.recordsOf({ name, value })
    : spentIds.recordsOf({ id, until: Number(until) });
}

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

/** A record in one's former place becomes what its collection stores for it. */
interface Move {
  kind: string;
  records(entry: Deno.KvEntry<never>): (RecordName & { value: unknown })[] | Promise<Made>;
}

type Made = (RecordName & { value: unknown })[];

const spent = /^spent (\d+) (.*)$/s;

/** The first part of the keys of former versions, and what becomes of the entries. */
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
/** What former versions found those by. */
const formerIndexes = ["sessions", "pushes"];

/** Entries of one change, and bytes in them: below the engine's 100 checks and 800 KiB. */
const mostAtOnce = 30, mostBytes = 400_000;
/** Attempts at one change while other processes move the same. */
const maxAttempts = 40;

/**
 * Moves what former versions kept in places of its own into records, a few at a time and each once, however many
 * processes do it at the same time; one that is killed is gone on with by the next start. What a process of a former
 * version writes meanwhile is moved by the next start as well.
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

/** Answers how much was moved. While other processes write to the same file, what fails is tried again unless it `isLast`. */
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

/** Moves the first of these entries. Answers false if somebody else changed one of them meanwhile. */
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
    // What this version has written under the name is newer.
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

/** Accounts of versions that had no ids yet: what hangs on their names stays theirs. */
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

import { Collection, type RecordStore, stored } from "../collection.ts";
import type { Merged, MergeStore, RoomMerger } from "../merging.ts";
import { checkCommit, untilCommitted } from "../records.ts";
import type { RoomKey, Store } from "../store.ts";
import { profileOf, type ProfileWriter, type StoredVisitor, visitors } from "./visitors.ts";

/** A consumer id whose room was merged into another one. There is no room under it. */
export interface Alias extends RoomKey {
  /** The other room's consumer id, which may have become an alias since. */
  into: string;
  /** Milliseconds since 1970. */
  at: number;
  /** What was added to the seqs of the moved messages; absent from aliases of earlier versions. */
  base?: number;
}

export const aliases = new Collection<Alias, "into">({
  name: "aliases",
  schema: stored(),
  key: ({ admin, consumer }) => [admin, consumer],
  indexes: { into: { key: ({ admin, into }) => [admin, into] } },
});

/** Consumer ids that lead to one, per read. */
const pageSize = 100;

/** Every alias that leads to a room, also by way of others. */
export async function* aliasesOf(store: RecordStore, { admin, consumer }: RoomKey): AsyncIterable<Alias> {
  const left = [consumer];
  for (let into; (into = left.pop()) !== undefined;) {
    for (let page, after: string[] | undefined; !page || page.length === pageSize;) {
      page = await aliases.listBy(store, "into", [admin, into], { limit: pageSize, after });
      yield* page;
      left.push(...page.map(({ consumer }) => consumer));
      const last = page.at(-1);
      if (last) after = [admin, into, admin, last.consumer];
    }
  }
}

type Rooms = RoomMerger & ProfileWriter & Pick<Store, "room">;

export function mergeVerbs(store: RecordStore, rooms: Rooms): MergeStore {
  /** Where an id leads to, and what was added to its seqs on the way, if that is known. */
  async function follow({ admin, consumer }: RoomKey): Promise<{ consumer: string; base?: number }> {
    for (let at = consumer, base: number | undefined = 0;;) {
      const alias = await aliases.get(store, [admin, at]);
      if (!alias) return { consumer: at, base };
      at = alias.into;
      base = base === undefined || alias.base === undefined ? undefined : base + alias.base;
    }
  }

  const consumerNow = async (key: RoomKey) => (await follow(key)).consumer;

  /** Undefined: something has changed meanwhile. */
  async function merge(
    from: RoomKey,
    into: string,
    at: number,
  ): Promise<{ answer: Merged | undefined } | undefined> {
    const { admin } = from, { consumer: now, base } = await follow(from);
    const target = { admin, consumer: await consumerNow({ admin, consumer: into }) };
    if (now === target.consumer) {
      const room = now === from.consumer ? undefined : await rooms.room(target);
      return { answer: room && { room, isFresh: false, ...(base !== undefined && { base }) } };
    }
    if (now !== from.consumer) return { answer: undefined };
    const free = [from, target].map(({ consumer }) => ({
      ...{ collection: aliases.name, key: [admin, consumer], version: undefined },
    }));
    const records = (base: number) =>
      checkCommit({ check: free, put: aliases.recordsOf({ ...from, into: target.consumer, at, base }) });
    const outcome = await rooms.mergeRoom({ from, into: target, records });
    if (outcome === "conflict") return undefined;
    if (outcome !== "missing") return { answer: { ...outcome, isFresh: true } };
    // Another call may have moved it meanwhile.
    return await consumerNow(from) === now ? { answer: undefined } : undefined;
  }

  return {
    consumerNow,
    async mergeRooms({ admin, consumer }, into, at) {
      const from = { admin, consumer };
      const merged = await untilCommitted(() => merge(from, into, at));
      if (!merged) return undefined;
      const room = await mergeVisitors(store, rooms, { from, into: merged.room });
      return room ? { ...merged, room } : merged;
    },
  };
}

/**
 * Adds what is known of a visitor under its former id, where nothing is known under the other one. Returns the room,
 * if anything was.
 */
async function mergeVisitors(
  store: RecordStore,
  rooms: Rooms,
  { from, into }: { from: RoomKey; into: RoomKey },
) {
  const { admin, consumer } = into;
  const former = await visitors.get(store, [admin, from.consumer]);
  if (!former) return undefined;
  let done: Awaited<ReturnType<ProfileWriter["commitProfile"]>>, after: StoredVisitor | undefined;
  await visitors.update(store, [admin, consumer], (known) => {
    return after = { ...mergedFacts(former, known), admin, consumer };
  }, async (commit) => {
    done = await rooms.commitProfile(into, commit, profileOf(after));
    return done !== undefined;
  });
  await visitors.remove(store, [admin, from.consumer]);
  return done?.room;
}

/** What an identity token has said is not completed by what a browser says. */
function mergedFacts(former: StoredVisitor, known: StoredVisitor | undefined): StoredVisitor {
  if (!known) return former;
  const { name, email, ...rest } = former;
  const said = known.verified ? rest : { ...rest, name, email };
  const attributes = { ...former.attributes, ...known.attributes };
  const merged = { ...said, ...known, ...(Object.keys(attributes).length > 0 && { attributes }) };
  const firstSeen = Math.min(former.firstSeen, known.firstSeen),
    lastSeen = Math.max(former.lastSeen, known.lastSeen);
  return Object.fromEntries(
    Object.entries({ ...merged, firstSeen, lastSeen }).filter(([, value]) => value !== undefined),
  ) as unknown as StoredVisitor;
}

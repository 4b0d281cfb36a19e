import { Collection, type RecordStore, stored } from "../collection.ts";
import { patchedFacts } from "../patched_facts.ts";
import type { Commit } from "../records.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorFacts, VisitorRecord, VisitorStore } from "../visitor_store.ts";

/** What is known of a visitor of an admin. */
export type StoredVisitor = VisitorRecord & RoomKey;

export const visitors = new Collection<StoredVisitor>({
  name: "visitors",
  schema: stored(),
  key: ({ admin, consumer }) => [admin, consumer],
});

/** What an engine does to the room of a visitor, in one transaction with records. */
export interface ProfileWriter {
  /** Commits; the visitor's room, if there is one, shows this profile then. Answers nothing if a check did not hold. */
  commitProfile(
    key: RoomKey,
    commit: Commit,
    profile: RoomRecord["visitor"],
  ): Promise<{ room: RoomRecord | undefined } | undefined>;
}

type Visitors = Pick<VisitorStore, "saveVisitor" | "visitor" | "visitors">;

export function visitorVerbs(store: RecordStore, rooms: ProfileWriter): Visitors {
  return {
    async saveVisitor(key, patch, at) {
      const { admin, consumer } = key;
      let facts: VisitorFacts, done: { room: RoomRecord | undefined } | undefined;
      await visitors.update(store, [admin, consumer], (known) => {
        const { firstSeen, lastSeen, facts: before } = partsOf(known, at);
        facts = patchedFacts(before, patch);
        return { admin, consumer, ...facts, firstSeen, lastSeen: Math.max(lastSeen, at) };
      }, async (commit) => {
        done = await rooms.commitProfile(key, commit, profileOf(facts));
        return done !== undefined;
      });
      return done!.room;
    },
    async visitor({ admin, consumer }) {
      const known = await visitors.get(store, [admin, consumer]);
      return known && recordOf(known);
    },
    async visitors(admin, after, limit) {
      const page = { limit, after: after === undefined ? undefined : [admin, after] };
      const found = await visitors.list(store, [admin], page);
      return found.map((known) => ({ consumer: known.consumer, visitor: recordOf(known) }));
    },
  };
}

/** What a room shows of its visitor. */
export function profileOf(facts: VisitorFacts | undefined): RoomRecord["visitor"] {
  const { name, email, verified = false } = facts ?? {};
  if (name === undefined && email === undefined && !verified) return undefined;
  return { ...(name !== undefined && { name }), ...(email !== undefined && { email }), verified };
}

function recordOf({ admin: _, consumer: __, ...record }: StoredVisitor): VisitorRecord {
  return record;
}

function partsOf(known: StoredVisitor | undefined, at: number) {
  if (!known) return { firstSeen: at, lastSeen: at, facts: {} };
  const { firstSeen, lastSeen, ...facts } = recordOf(known);
  return { firstSeen, lastSeen, facts };
}

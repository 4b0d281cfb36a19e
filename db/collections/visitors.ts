import { Collection, type RecordStore, stored } from "../collection.ts";
import { patchedFacts } from "../patched_facts.ts";
import type { Commit } from "../records.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorFacts, VisitorRecord, VisitorStore } from "../visitor_store.ts";

/** Data of an admin's visitor. */
export type StoredVisitor = VisitorRecord & RoomKey;

export const visitors = new Collection<StoredVisitor>({
  name: "visitors",
  schema: stored(),
  key: ({ admin, consumer }) => [admin, consumer],
});

/** An engine's update of a visitor's room, in one transaction with records. */
export interface ProfileWriter {
  /**
   * Commits, and updates the profile in the visitor's room if there is one. Returns undefined if a check
   * failed.
   */
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

/** The part of a visitor's data that the room shows. */
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

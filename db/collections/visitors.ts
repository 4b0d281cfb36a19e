import { Collection, type RecordStore, stored } from "../collection.ts";
import { patchedFacts } from "../patched_facts.ts";
import type { Commit, RecordName } from "../records.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorFacts, VisitorRecord, VisitorStore } from "../visitor_store.ts";

/** Data of an admin's visitor. */
export type StoredVisitor = VisitorRecord & RoomKey;

export const visitors = new Collection<StoredVisitor, "withContact">({
  name: "visitors",
  schema: stored(),
  key: ({ admin, consumer }) => [admin, consumer],
  indexes: { withContact: { key: ({ admin, contact }) => contact && [admin] } },
});

/** The entry of a visitor in the index, which is deleted with the visitor whether it is there or not. */
export const contactEntry = ({ admin, consumer }: RoomKey): RecordName => ({
  collection: visitors.indexName("withContact"),
  key: [admin, admin, consumer],
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

type Visitors = Pick<VisitorStore, "saveVisitor" | "visitor" | "visitors" | "saveContact" | "contacts">;

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
    async saveContact(key, next, at) {
      const { admin, consumer } = key;
      let facts: VisitorFacts | undefined, done: { room: RoomRecord | undefined } | undefined;
      const before = await visitors.update(store, [admin, consumer], (known) => {
        const contact = next(known?.contact);
        if (contact === undefined) return void (facts = undefined);
        const { firstSeen, lastSeen, facts: { contact: _, ...rest } } = partsOf(known, at);
        facts = { ...rest, ...(contact && { contact }) };
        return { admin, consumer, ...facts, firstSeen, lastSeen };
      }, async (commit) => {
        done = await rooms.commitProfile(key, commit, profileOf(facts));
        return done !== undefined;
      });
      // The visitor was forgotten meanwhile.
      if (done && !done.room && !before) await visitors.remove(store, [admin, consumer]);
      return done?.room;
    },
    async contacts(admin, after, limit) {
      const page = { limit, after: after === undefined ? undefined : [admin, admin, after] };
      const found = await visitors.listBy(store, "withContact", [admin], page);
      return found.map(({ consumer, contact }) => ({ consumer, contact: contact! }));
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

/**
 * The part of a visitor's data that the room shows: what the host site has signed, else what agents wrote, else what the
 * visitor says.
 */
export function profileOf(facts: VisitorFacts | undefined): RoomRecord["visitor"] {
  const { verified = false, contact } = facts ?? {};
  const [name, email] = (["name", "email"] as const).map((field) =>
    verified ? facts?.[field] ?? contact?.[field] : contact?.[field] ?? facts?.[field]
  );
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

import type { DatabaseSync } from "node:sqlite";
import { patchedFacts } from "../patched_facts.ts";
import type { RoomKey } from "../store.ts";
import type { VisitorFacts, VisitorRecord, VisitorStore } from "../visitor_store.ts";
import { type RoomRow, toRecord } from "./room_row.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

/** What a room's row holds of its visitor. */
export type ProfileColumns = Pick<RoomRow, "name" | "email" | "verified">;

/** Finds what a new room shows of its visitor. */
export type KnownProfile = (key: RoomKey) => ProfileColumns;

export function knownProfile(db: DatabaseSync): KnownProfile {
  const find = db.prepare("SELECT facts FROM visitors WHERE admin = ? AND consumer = ?");
  return ({ admin, consumer }) => {
    const row = find.get(admin, consumer);
    return profileColumns(row ? JSON.parse(row.facts as string) : {});
  };
}

export function visitors(
  db: DatabaseSync,
  queue: WriteQueue,
): Pick<VisitorStore, "saveVisitor" | "visitor" | "visitors"> {
  const list = db.prepare(
    `SELECT consumer, facts, first_seen AS firstSeen, last_seen AS lastSeen FROM visitors
    WHERE admin = ? AND consumer > ? ORDER BY consumer LIMIT ?`,
  );
  const find = db.prepare(
    "SELECT facts, first_seen AS firstSeen, last_seen AS lastSeen FROM visitors WHERE admin = ? AND consumer = ?",
  );
  const save = db.prepare(`INSERT INTO visitors VALUES (:admin, :consumer, :facts, :at, :at)
    ON CONFLICT DO UPDATE SET facts = :facts, last_seen = max(last_seen, :at)`);
  const name = db.prepare("UPDATE rooms SET name = ?, email = ?, verified = ? WHERE key = ?");

  function record({ admin, consumer }: RoomKey): VisitorRecord | undefined {
    const row = find.get(admin, consumer) as Kept | undefined;
    return row && recordOf(row);
  }

  return {
    saveVisitor: ({ admin, consumer }, patch, at) =>
      queue.write((rooms) => {
        const { firstSeen: _, lastSeen: __, ...known } = record({ admin, consumer }) ?? {} as VisitorRecord;
        const facts = patchedFacts(known, patch);
        save.run({ admin, consumer, facts: JSON.stringify(facts), at });
        const room = rooms.get({ admin, consumer });
        if (!room) return undefined;
        const profile = profileColumns(facts);
        if (!isSame(room, profile)) {
          name.run(profile.name, profile.email, profile.verified, room.key);
          rooms.put({ ...room, ...profile });
        }
        return toRecord({ ...room, ...profile });
      }),
    visitor: (key) => reading(() => record(key)),
    visitors: (admin, after = "", limit) =>
      reading(() => {
        const rows = list.all(admin, after, limit) as unknown as ({ consumer: string } & Kept)[];
        return rows.map(({ consumer, ...kept }) => ({ consumer, visitor: recordOf(kept) }));
      }),
  };
}

interface Kept {
  facts: string;
  firstSeen: number;
  lastSeen: number;
}

function recordOf({ facts, firstSeen, lastSeen }: Kept): VisitorRecord {
  return { ...JSON.parse(facts), firstSeen, lastSeen };
}

function profileColumns({ name, email, verified }: VisitorFacts): ProfileColumns {
  return { name: name ?? null, email: email ?? null, verified: verified ? 1 : 0 };
}

function isSame(room: ProfileColumns, profile: ProfileColumns): boolean {
  return room.name === profile.name && room.email === profile.email && room.verified === profile.verified;
}

import type { DatabaseSync } from "node:sqlite";
import { newAttemptId } from "../attempt_id.ts";
import { profileOf, type ProfileWriter, type StoredVisitor, visitors } from "../collections/visitors.ts";
import { checkCommit } from "../records.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { RecordTable } from "./records.ts";
import { type RoomRow, toRecord } from "./room_row.ts";
import type { WriteQueue } from "./write_queue.ts";

/** Columns of a room's row that copy the visitor's profile. */
export type ProfileColumns = Pick<RoomRow, "name" | "email" | "verified">;

/** Looks up the profile columns for a new room. */
export type KnownProfile = (key: RoomKey) => ProfileColumns;

/** Reads the profile from the visitor's record, inside the caller's transaction. */
export function knownProfile(table: RecordTable): KnownProfile {
  return ({ admin, consumer }) => {
    const known = table.get(visitors.name, [admin, consumer]);
    return profileColumns(profileOf(known?.value as StoredVisitor | undefined));
  };
}

/** Commits a visitor's records and the copy of the profile in the room's row in one transaction. */
export function profileWriter(db: DatabaseSync, queue: WriteQueue, table: RecordTable): ProfileWriter {
  const name = db.prepare("UPDATE rooms SET name = ?, email = ?, verified = ? WHERE key = ?");
  return {
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async commitProfile(key, commit, visitor) {
      const checked = checkCommit(commit), version = newAttemptId(), profile = profileColumns(visitor);
      return queue.write((rooms) => {
        if (!table.apply(checked, version)) return undefined;
        const room = rooms.get(key);
        if (!room) return { room: undefined };
        const after = { ...room, ...profile };
        if (!isSame(room, profile)) {
          name.run(profile.name, profile.email, profile.verified, room.key);
          rooms.put(after);
        }
        return { room: toRecord(after) };
      });
    },
  };
}

function profileColumns(profile: RoomRecord["visitor"]): ProfileColumns {
  const { name, email, verified } = profile ?? {};
  return { name: name ?? null, email: email ?? null, verified: verified ? 1 : 0 };
}

function isSame(room: ProfileColumns, profile: ProfileColumns): boolean {
  return room.name === profile.name && room.email === profile.email && room.verified === profile.verified;
}

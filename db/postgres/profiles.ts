import type { ProfileWriter } from "../collections/visitors.ts";
import type { Link } from "./link.ts";
import { records } from "./records.ts";
import { findRoom } from "./rooms.ts";

/** A room's profile is joined from the visitor's record when it is read; the room's row stores no copy. */
export function profileWriter(link: Link): ProfileWriter {
  const { commit } = records(link);
  return {
    async commitProfile(key, change) {
      if (!await commit(change)) return undefined;
      return { room: await link.read((sql) => findRoom(sql, key)) };
    },
  };
}

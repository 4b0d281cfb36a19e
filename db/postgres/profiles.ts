import type { ProfileWriter } from "../collections/visitors.ts";
import type { Link } from "./link.ts";
import { records } from "./records.ts";
import { findRoom } from "./rooms.ts";

/** A room shows what the record says of its visitor at the moment: nothing of it is in the room's row. */
export function profileWriter(link: Link): ProfileWriter {
  const { commit } = records(link);
  return {
    async commitProfile(key, change) {
      if (!await commit(change)) return undefined;
      return { room: await link.read((sql) => findRoom(sql, key)) };
    },
  };
}

import { Changes } from "../changes.ts";
import type { RecordStore } from "../collection.ts";
import type { Records } from "../records.ts";
import type { RoomMerger } from "../merging.ts";
import type { Store } from "../store.ts";
import { mergeVerbs } from "./aliases.ts";
import { accountVerbs } from "./accounts.ts";
import { chatbotVerbs } from "./chatbots.ts";
import { claimVerbs } from "./claims.ts";
import { erasureVerbs, type RoomErasure } from "./erasure.ts";
import { type ProfileWriter, visitorVerbs } from "./visitors.ts";
import { keptVerbs } from "./kept_values.ts";
import { pushVerbs } from "./push_addresses.ts";
import { sessionVerbs } from "./sessions.ts";
import { spentVerbs } from "./spent_ids.ts";

type Rooms = RoomErasure & ProfileWriter & RoomMerger & Pick<Store, "room">;

/** The store's methods for everything but rooms and messages, on any engine's records. */
export function recordVerbs(records: Records, rooms: Rooms) {
  const store: RecordStore = { records, changes: new Changes(records) };
  return {
    ...store,
    ...accountVerbs(store),
    ...sessionVerbs(store),
    ...chatbotVerbs(store),
    ...claimVerbs(store),
    ...keptVerbs(store),
    ...spentVerbs(store),
    ...pushVerbs(store),
    ...visitorVerbs(store, rooms),
    ...erasureVerbs(store, rooms),
    ...mergeVerbs(store, rooms),
  };
}

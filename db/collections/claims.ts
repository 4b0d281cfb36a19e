import { Collection, type RecordStore, stored } from "../collection.ts";
import type { RoomKey, Store } from "../store.ts";

/** A guessable consumer id that belongs to its first user. */
export interface Claim extends RoomKey {
  owner: string;
  /** Milliseconds since 1970. */
  claimed: number;
}

export const claims = new Collection<Claim>({
  name: "claims",
  schema: stored(),
  key: ({ admin, consumer }) => [admin, consumer],
});

export function claimVerbs(store: RecordStore): Pick<Store, "claimConsumer"> {
  return {
    async claimConsumer({ admin, consumer }, owner, at) {
      const there = await claims.create(store, { admin, consumer, owner, claimed: at });
      return there === undefined || there.owner === owner;
    },
  };
}

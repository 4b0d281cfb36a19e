import { Collection, type RecordStore, stored } from "../collection.ts";
import { timePart } from "../records.ts";
import type { Store } from "../store.ts";

/** An id of a proof or a ticket that was used. */
export interface SpentId {
  id: string;
  /** When it cannot be used any more anyway. Milliseconds since 1970. */
  until: number;
}

/** In the order in which they run out. */
export const spentIds = new Collection<SpentId>({
  name: "spent",
  schema: stored(),
  key: ({ id, until }) => [timePart(until), id],
});

/** Ids that have run out and are removed along with one that is spent, at most. */
const mostRemoved = 20;

export function spentVerbs(store: RecordStore): Pick<Store, "spend"> {
  return {
    async spend(id, until, at) {
      const oldest = await spentIds.list(store, [], { limit: mostRemoved });
      const gone = oldest.filter((one) => timePart(one.until) < timePart(at));
      const own = spentIds.nameOf({ id, until });
      return await store.records.commit({
        check: [{ ...own, version: undefined }],
        put: [{ ...own, value: { id, until } }],
        delete: gone.filter((one) => one.id !== id || one.until !== until).map((one) => spentIds.nameOf(one)),
      });
    },
  };
}

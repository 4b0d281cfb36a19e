import { Collection, type RecordStore, stored } from "../collection.ts";
import { timePart } from "../records.ts";
import type { Store } from "../store.ts";

/** The id of a used proof or ticket. */
export interface SpentId {
  id: string;
  /** Expiry of the proof or ticket itself. Milliseconds since 1970. */
  until: number;
}

/** In order of expiry. */
export const spentIds = new Collection<SpentId>({
  name: "spent",
  schema: stored(),
  key: ({ id, until }) => [timePart(until), id],
});

/** Maximum number of expired ids deleted together with a write. */
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

import { Collection, type RecordStore, stored } from "../collection.ts";
import type { Store } from "../store.ts";

export interface KeptValue {
  name: string;
  value: string;
}

/** Secrets and markers of the service and of accounts, by name. */
export const keptValues = new Collection<KeptValue>({
  name: "kept",
  schema: stored(),
  key: ({ name }) => [name],
});

export function keptVerbs(store: RecordStore): Pick<Store, "keep" | "replace" | "unkeep" | "kept"> {
  return {
    keep: async (name, value) => (await keptValues.create(store, { name, value }))?.value ?? value,
    replace: (name, value) => keptValues.put(store, { name, value }),
    async unkeep(name) {
      await keptValues.remove(store, [name]);
    },
    kept: async (name) => (await keptValues.get(store, [name]))?.value,
  };
}

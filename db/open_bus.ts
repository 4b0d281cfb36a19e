import type { Bus, BusOptions } from "./bus.ts";
import { CannotOpen } from "./errors.ts";

// Named by `import.meta.resolve`: Deno reads literal imports, and all their imports, at every start.
const files = {
  kv: () => import(import.meta.resolve("./bus/kv.ts")) as Promise<typeof import("./bus/kv.ts")>,
  postgres: () =>
    import(import.meta.resolve("./bus/postgres.ts")) as Promise<typeof import("./bus/postgres.ts")>,
};
const buses: Record<string, (place: string, options: BusOptions) => Promise<Bus>> = {
  kv: async (place, options) => (await files.kv()).openKvBus(place, options),
  postgres: async (place, options) => (await files.postgres()).openPostgresBus(place, options),
  postgresql: async (place, options) => (await files.postgres()).openPostgresBus(place, options),
};

/**
 * Opens the bus of the store that `url` names; undefined for a store that supports a single instance. @throws
 * {CannotOpen}
 */
export async function openBus(url: string, options: BusOptions): Promise<Bus | undefined> {
  const [, scheme = "", place = ""] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  if (scheme === "sqlite") return undefined;
  const open = Object.hasOwn(buses, scheme) ? buses[scheme] : undefined;
  if (!open) throw new CannotOpen("DATABASE_URL: there is no bus for it");
  return await open(place, options);
}

import { CannotOpen } from "./errors.ts";
import type { Store } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

interface Driver {
  takes: string;
  /** `place` is what stands behind the scheme. */
  open(place: string, options: StoreOptions): Promise<Store>;
}

// Imported when chosen: nobody pays at start for an engine that is not theirs. Named by `import.meta.resolve`: what stands
// in an import as a literal is read at every start, with all that it imports, whether it is reached or not.
const files = {
  sqlite: () => import(import.meta.resolve("./sqlite.ts")) as Promise<typeof import("./sqlite.ts")>,
  kv: () => import(import.meta.resolve("./kv.ts")) as Promise<typeof import("./kv.ts")>,
  postgres: () => import(import.meta.resolve("./postgres.ts")) as Promise<typeof import("./postgres.ts")>,
};
const drivers: Record<string, Driver> = {
  sqlite: {
    takes: "sqlite:PATH",
    open: async (place, options) => (await files.sqlite()).openSqlite(place, options),
  },
  kv: {
    takes: "kv: or kv:PATH",
    open: async (place, options) => (await files.kv()).openKv(place, options),
  },
  postgres: {
    takes: "postgres://USER:PASSWORD@HOST/DATABASE",
    open: async (place, options) => (await files.postgres()).openPostgres(place, options),
  },
  postgresql: {
    takes: "postgresql://…",
    open: async (place, options) => (await files.postgres()).openPostgres(place, options),
  },
};

/**
 * Opens the store that `url` (the variable DATABASE_URL) names.
 * @throws {CannotOpen} with a message for whoever set the variable or started the process
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const [, scheme = "", place = ""] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  const driver = Object.hasOwn(drivers, scheme) ? drivers[scheme] : undefined;
  if (!driver) throw new CannotOpen(`DATABASE_URL: got ${quoted(url)}, takes ${whatIsTaken()}`);
  return await driver.open(place, options);
}

function whatIsTaken(): string {
  return Object.values(drivers).map((driver) => driver.takes).join(" or ");
}

/** The URL as it may stand in a log: without user, password and parameters. */
function quoted(url: string): string {
  return JSON.stringify(url.replace(/[?#].*$/s, "").replace(/^([^/]*:\/\/|[^/:@]*:)?.*@/s, "$1"));
}

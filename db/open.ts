import { CannotOpen } from "./errors.ts";
import type { Store } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

interface Driver {
  takes: string;
  /** `place`: the URL without its scheme. */
  open(place: string, options: StoreOptions): Promise<Store>;
}

// Imported on use, so that no start loads an unused engine. Named by `import.meta.resolve`: Deno reads a
// module that is imported by a literal, and all its imports, at every start, even if the import is never
// executed.
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
 * @throws {CannotOpen} with a message for the operator
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

/** The URL without user, password and parameters, for log lines. */
function quoted(url: string): string {
  return JSON.stringify(url.replace(/[?#].*$/s, "").replace(/^([^/]*:\/\/|[^/:@]*:)?.*@/s, "$1"));
}

import { CannotOpen } from "./errors.ts";
import type { RoomKey, Session } from "./store.ts";

/** What a store holds that its verbs answer only to who knows the name. For moving house; nobody writes meanwhile. */
export interface Census {
  usernames(): AsyncIterable<string>;
  /** Names that are reserved since their accounts were deleted. Times in milliseconds since 1970. */
  reservedNames(): AsyncIterable<{ username: string; deleted: number }>;
  /** Ended ones too. */
  sessions(): AsyncIterable<Session>;
  claims(): AsyncIterable<Claim>;
  /** Visitors of whom something is known. */
  visitors(): AsyncIterable<RoomKey>;
  kept(): AsyncIterable<{ name: string; value: string }>;
  close(): Promise<void>;
}

export interface Claim extends RoomKey {
  owner: string;
  /** Milliseconds since 1970. */
  claimed: number;
}

const censuses: Record<string, (place: string) => Promise<Census>> = {
  sqlite: async (place) => (await import("./store_reader/sqlite.ts")).openSqliteCensus(place),
  kv: async (place) => (await import("./store_reader/kv.ts")).openKvCensus(place),
  postgres: async (place) => (await import("./store_reader/postgres.ts")).openPostgresCensus(place),
  postgresql: async (place) => (await import("./store_reader/postgres.ts")).openPostgresCensus(place),
};

/** Opens the census of the store that `url` names, which has been opened before. @throws {CannotOpen} */
export async function openCensus(url: string): Promise<Census> {
  const [, scheme = "", place = ""] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  const open = Object.hasOwn(censuses, scheme) ? censuses[scheme] : undefined;
  if (!open) throw new CannotOpen("This is no address of a store");
  return await open(place);
}

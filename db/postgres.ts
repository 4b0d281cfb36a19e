import { recordVerbs } from "./collections/verbs.ts";
import { postgresMigrations } from "./migrations/postgres.ts";
import type { StoreOptions } from "./store_options.ts";
import { readAddress } from "./postgres/address.ts";
import { blocks } from "./postgres/blocks.ts";
import { desk } from "./postgres/desk/desk.ts";
import { forgetting } from "./postgres/forgetting.ts";
import { epochNow } from "./postgres/lineage.ts";
import { Link } from "./postgres/link.ts";
import { messagePages } from "./postgres/message_pages.ts";
import { migrate } from "./postgres/migrate.ts";
import { probe } from "./postgres/probe.ts";
import { merging } from "./postgres/merging.ts";
import { profileWriter } from "./postgres/profiles.ts";
import { refusal } from "./postgres/refusal.ts";
import { records } from "./postgres/records.ts";
import { roomCounts } from "./postgres/room_counts.ts";
import { roomList } from "./postgres/room_list.ts";
import { RoomQueue } from "./postgres/room_queue.ts";
import { rooms } from "./postgres/rooms.ts";
import { search } from "./postgres/search.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store in PostgreSQL, for any number of processes. `place`: the part of the URL after `postgres:`.
 * @throws {CannotOpen} if the server cannot be reached or refuses the connection, or the schema is of a newer
 * version
 */
export async function openPostgres(place: string, options: StoreOptions = {}): Promise<Store> {
  const address = readAddress(place);
  let epoch: string | undefined;
  const link = await Link.open(address, {
    onTrouble: options.onTrouble,
    async onNewSessions(sql) {
      const now = await epochNow(sql, address.shown), isOther = epoch !== undefined && now !== epoch;
      epoch = now;
      if (isOther) options.onNewEpoch?.();
    },
  });
  try {
    await migrate(link.sql, address, postgresMigrations);
    epoch = await epochNow(link.sql, address.shown);
    return assemble(link, () => epoch!, options);
  } catch (error) {
    await link.close();
    throw refusal(error, address.shown);
  }
}

function assemble(link: Link, epoch: () => string, { onTrouble = () => {}, onCommit }: StoreOptions): Store {
  const queue = new RoomQueue(link, onCommit);
  const { finish, ...erasure } = forgetting(link);
  const finished = finish().catch((error) =>
    onTrouble("Removing what was forgotten failed and will be tried again", error)
  );
  const roomVerbs = rooms(link);
  let closing: Promise<void> | undefined;
  async function close() {
    await Promise.all([queue.close(), finished]);
    await link.close();
  }
  return {
    get epoch() {
      return epoch();
    },
    ...recordVerbs(records(link), { ...erasure, ...profileWriter(link), ...roomVerbs, ...merging(link) }),
    ...roomVerbs,
    ...roomList(link),
    ...messagePages(link),
    ...roomCounts(link),
    ...blocks(link),
    ...search(link),
    ...desk(link),
    appendMessage: (draft) => queue.appendMessage(draft),
    markRead: (key, side, seq) => queue.markRead(key, side, seq),
    async size() {
      const [row] = await link.run((sql) =>
        sql`SELECT pg_database_size(current_database())::float8 AS bytes`
      );
      return row!.bytes;
    },
    ready: () => probe(link),
    close: () => closing ??= close(),
  };
}

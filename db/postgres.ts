import { postgresMigrations } from "./migrations/postgres.ts";
import { accounts } from "./postgres/accounts.ts";
import { readAddress } from "./postgres/address.ts";
import { chatbots } from "./postgres/chatbots.ts";
import { claims } from "./postgres/claims.ts";
import { Link } from "./postgres/link.ts";
import { messagePages } from "./postgres/message_pages.ts";
import { migrate } from "./postgres/migrate.ts";
import { refusal } from "./postgres/refusal.ts";
import { roomList } from "./postgres/room_list.ts";
import { RoomQueue } from "./postgres/room_queue.ts";
import { rooms } from "./postgres/rooms.ts";
import { sessions } from "./postgres/sessions.ts";
import type { Store } from "./store.ts";

/**
 * The store in PostgreSQL, for any number of processes. `place` is what stands behind `postgres:` in its URL.
 * @throws {CannotOpen} if the server cannot be reached or refuses, or the schema is not of this version or an earlier one
 */
export async function openPostgres(place: string): Promise<Store> {
  const address = readAddress(place);
  const link = await Link.open(address);
  try {
    return assemble(link, await migrate(link.sql, address, postgresMigrations));
  } catch (error) {
    await link.close();
    throw refusal(error, address.shown);
  }
}

function assemble(link: Link, epoch: string): Store {
  const queue = new RoomQueue(link);
  return {
    epoch,
    ...accounts(link),
    ...sessions(link),
    ...chatbots(link),
    ...claims(link),
    ...rooms(link),
    ...roomList(link),
    ...messagePages(link),
    appendMessage: (draft) => queue.appendMessage(draft),
    markRead: (key, side, seq) => queue.markRead(key, side, seq),
    async ready() {
      await link.run((sql) => sql`UPDATE meta SET touched = touched`);
    },
    async close() {
      await queue.close();
      await link.close();
    },
  };
}

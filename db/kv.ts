import { accounts } from "./kv/accounts.ts";
import { chatbots } from "./kv/chatbots.ts";
import { claims } from "./kv/claims.ts";
import { keys } from "./kv/keys.ts";
import { messagePages } from "./kv/message_pages.ts";
import { openEngine } from "./kv/open.ts";
import { roomList } from "./kv/room_list.ts";
import { RoomQueue } from "./kv/room_queue.ts";
import { rooms } from "./kv/rooms.ts";
import { sessions } from "./kv/sessions.ts";
import type { Store } from "./store.ts";

/**
 * The store in Deno KV: at `path`, or the default database if it is empty. `now`: milliseconds since 1970.
 * @throws {CannotOpen}
 */
export async function openKv(path: string, now: () => number = Date.now): Promise<Store> {
  const { engine, epoch } = await openEngine(path);
  const queue = new RoomQueue(engine, now);
  return {
    epoch,
    ...accounts(engine),
    ...sessions(engine),
    ...chatbots(engine),
    ...claims(engine),
    ...rooms(engine),
    ...roomList(engine),
    ...messagePages(engine),
    appendMessage: (draft) => queue.appendMessage(draft),
    markRead: (key, side, seq) => queue.markRead(key, side, seq),
    async ready() {
      await engine.change({ sets: [{ key: keys.touched, value: true }] });
    },
    async close() {
      await queue.close();
      engine.close();
    },
  };
}

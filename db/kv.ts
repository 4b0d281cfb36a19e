import { recordVerbs } from "./collections/verbs.ts";
import { blocks } from "./kv/blocks.ts";
import { desk } from "./kv/desk/desk.ts";
import { moveToBoxes } from "./kv/desk/move.ts";
import { forgetting } from "./kv/forgetting.ts";
import { keys } from "./kv/keys.ts";
import { merging } from "./kv/merging.ts";
import { messagePages } from "./kv/message_pages.ts";
import { moveToRecords } from "./kv/move_records.ts";
import { openEngine } from "./kv/open.ts";
import { profileWriter } from "./kv/profiles.ts";
import { records } from "./kv/records.ts";
import { roomCounts } from "./kv/room_counts.ts";
import { roomList } from "./kv/room_list.ts";
import { RoomQueue } from "./kv/room_queue.ts";
import { rooms } from "./kv/rooms.ts";
import { search } from "./kv/search.ts";
import type { StoreOptions } from "./store_options.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store in Deno KV at `path`, or the default database if `path` is empty. `now`: milliseconds since
 * 1970.
 * @throws {CannotOpen}
 */
export async function openKv(
  path: string,
  { onTrouble = () => {}, onCommit, instance = "" }: StoreOptions = {},
  now: () => number = Date.now,
): Promise<Store> {
  const { engine, epoch } = await openEngine(path);
  try {
    await moveToRecords(engine);
    await moveToBoxes(engine);
  } catch (error) {
    engine.close();
    throw error;
  }
  const queue = new RoomQueue(engine, { now, instance, onCommit });
  const { finish, ...erasure } = forgetting(engine, queue);
  const merges = merging({ engine, now, instance, clean: finish });
  const finished = merges.finishAll().then(finish).catch((error) =>
    onTrouble("Removing what was forgotten failed and will be tried again", error)
  );
  let closing: Promise<void> | undefined;
  async function close() {
    await Promise.all([queue.close(), finished]);
    engine.close();
  }
  const roomVerbs = rooms(engine, queue);
  return {
    epoch,
    ...recordVerbs(records(engine), {
      ...{ ...erasure, ...profileWriter(engine, queue), ...roomVerbs },
      mergeRoom: (merge) => queue.change(merge.into, async () => ({ answer: await merges.mergeRoom(merge) })),
    }),
    ...roomVerbs,
    ...roomList(engine),
    ...roomCounts(engine),
    ...messagePages(engine),
    ...blocks(engine, queue),
    ...search(engine),
    ...desk(engine, queue),
    appendMessage: (draft) => queue.appendMessage(draft),
    markRead: (key, side, seq) => queue.markRead(key, side, seq),
    async ready() {
      await engine.change({ sets: [{ key: keys.touched, value: true }] });
    },
    close: () => closing ??= close(),
  };
}

import type { Message } from "../../protocol/records.ts";
import type { RoomKey, RoomRecord, Store } from "../store.ts";
import { RoomMap } from "../room_key.ts";
import { history } from "./history.ts";
import { moveRecords, usernames } from "./records.ts";
import { roomsOf } from "./rooms.ts";

/** Maximum concurrent writes; enough to fill the target engine's batches. */
const mostUnderWay = 2_000;

/**
 * Copies everything from one store to another that is empty or contains part of an earlier copy; existing
 * messages are not written again. Seqs, times, read marks and client ids are preserved; rooms get new ids.
 * Calls `onMessages` with the number of messages at intervals.
 */
export async function move(from: Store, to: Store, onMessages: (count: number) => void): Promise<void> {
  await moveRecords(from, to);
  const rooms: { room: RoomRecord; after: number }[] = [];
  for await (const username of usernames(from)) {
    for await (const room of roomsOf(from, username)) {
      const { room: there } = await to.openRoom(room, room.created);
      rooms.push({ room, after: there.head });
    }
  }
  await moveMessages({ from, to, rooms }, onMessages);
  for (const { room } of rooms) await finishRoom(to, room);
}

async function moveMessages(
  { from, to, rooms }: { from: Store; to: Store; rooms: { room: RoomRecord; after: number }[] },
  onMessages: (count: number) => void,
): Promise<void> {
  let count = 0;
  const underWay: Promise<void>[] = [];
  const known = new RoomMap<RoomRecord>();
  for (const { room } of rooms) known.set(room, room);
  for await (const { key, message } of history(from, rooms)) {
    const written = write(to, known.get(key)!, message);
    // Prevents an unhandled rejection: the promise is awaited later, in order.
    written.catch(() => {});
    underWay.push(written);
    if (underWay.length >= mostUnderWay) await underWay.shift();
    if (++count % 10_000 === 0) onMessages(count);
  }
  await Promise.all(underWay);
  onMessages(count);
}

async function write(to: Store, room: RoomRecord, message: Message): Promise<void> {
  const { admin, consumer, status, statusBy, statusAt } = room, key: RoomKey = { admin, consumer };
  const { side, kind, content, client_id, created, seq, by, extra, reply, edit, edited, deleted } = message;
  const draft = {
    ...key,
    side,
    kind,
    content,
    client_id,
    at: Date.parse(created),
    by,
    extra,
    reply,
    edit,
    copied: { edited, deleted, ...(seq === room.head && { room: { status, statusBy, statusAt } }) },
  } as const;
  const answer = await to.appendMessage(draft);
  if (answer.message.seq !== seq) {
    throw new Error(
      `Message ${seq} of room "${message.room}" came out as ${answer.message.seq}: is somebody writing?`,
    );
  }
}

/** Copies room state that messages do not determine. */
async function finishRoom(to: Store, room: RoomRecord): Promise<void> {
  const { admin, consumer, read, blocked } = room, key = { admin, consumer };
  await Promise.all([to.markRead(key, "admin", read.admin), to.markRead(key, "visitor", read.visitor)]);
  if (blocked !== undefined) await to.blockVisitor(key, blocked);
  await finishDesk(to, room);
}

/** Copies what the room's team has set, and a read mark that it has moved back. */
async function finishDesk(to: Store, room: RoomRecord): Promise<void> {
  const { assignee, team, snoozedUntil, dueAt, botDueAt, labels = [], labelledAt = [], read } = room;
  const there = await to.room(room);
  const isBack = there!.read.admin > read.admin;
  if ((assignee ?? team ?? snoozedUntil ?? dueAt ?? botDueAt) !== undefined || isBack) {
    const set = { assignee, team, snoozedUntil, dueAt, botDueAt, readAdmin: read.admin };
    await to.changeDesk(room, { set });
  }
  // One after another: a label has the time of the change that sets it.
  for (const [i, at] of labelledAt.entries()) {
    if (labelledAt[i + 1] !== at) await to.changeDesk(room, { set: { labels: labels.slice(0, i + 1) }, at });
  }
}

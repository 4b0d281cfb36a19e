import assert from "node:assert/strict";
import type { Client } from "../harness/client.ts";
import { isToldOfLeaving } from "./leave_notices.ts";

/** Asserts that typing, a new room, a message, a read mark and leaving pass between two instances. */
export async function crossesOver(
  { inbox, visitor, consumer }: { inbox: Client; visitor: Client; consumer: string },
): Promise<void> {
  visitor.send({ command: "typing", typing: true });
  assert.deepEqual(await inbox.next("typing"), { command: "typing", consumer, typing: true });
  await visitor.say("hello", { client_id: "one" });
  const { room } = await inbox.next("new_room");
  assert.deepEqual([room.consumer, room.online], [consumer, true]);
  assert.equal((await inbox.next("new_message")).message.content, "hello");
  inbox.send({ command: "read", consumer, seq: 1 });
  assert.deepEqual(await visitor.next("read"), { command: "read", by: "admin", seq: 1 });
  visitor.close();
  await isToldOfLeaving(inbox, consumer);
}

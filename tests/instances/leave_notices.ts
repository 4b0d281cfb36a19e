import assert from "node:assert/strict";
import type { Client } from "../harness/client.ts";

/** An inbox is told that a visitor left; before that, it may be, that the visitor of the new room is there. */
export async function isToldOfLeaving(inbox: Client, consumer: string, ms?: number): Promise<void> {
  let frame;
  do frame = await inbox.next("presence", ms); while (frame.online);
  assert.deepEqual(frame, { command: "presence", consumer, online: false });
}

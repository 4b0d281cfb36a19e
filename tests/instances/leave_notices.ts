import assert from "node:assert/strict";
import type { Client } from "../harness/client.ts";

/**
 * Waits until an inbox is notified that a visitor left; a notice that the visitor of the new room is present
 * may come first.
 */
export async function isToldOfLeaving(inbox: Client, consumer: string, ms?: number): Promise<void> {
  let frame;
  do frame = await inbox.next("presence", ms); while (frame.online);
  assert.deepEqual(frame, { command: "presence", consumer, online: false });
}

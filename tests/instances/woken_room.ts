import assert from "node:assert/strict";
import { staffLog } from "../../db/collections/staff_log.ts";
import type { Store } from "../../db/store.ts";
import type { Frame } from "../harness/client.ts";
import type { Cluster } from "./cluster.ts";

/**
 * Asserts that a room that was snoozed on one instance wakes on all, and once. `meanwhile`: what happens to the one on which it
 * was snoozed.
 */
export async function wakesOnce(
  cluster: Cluster,
  store: Store,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const consumer = crypto.randomUUID();
  const visitor = await cluster.open(1, `chat/asha/${consumer}`, "visitor");
  await visitor.say("Later, please");
  const [first, second] = [await cluster.open(0, "room/asha"), await cluster.open(1, "room/asha")];
  for (const inbox of [first, second]) {
    inbox.send({ command: "subscribe" });
    await inbox.next("subscribed");
  }
  const until = new Date(Date.now() + 3_000).toISOString();
  first.send({ command: "snooze", consumer, until });
  const isTold = (isSnoozed: boolean) => ({ command, room }: Frame) =>
    command === "room_updated" && (room.snoozed_until !== undefined) === isSnoozed;
  await second.until(() => second.frames.some(isTold(true)));
  await meanwhile();
  second.frames.length = 0;
  await second.until(() => second.frames.some(isTold(false)), 25_000);
  assert.ok(Date.now() >= Date.parse(until));
  // Whoever else has found it due has done so by now.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const entries = await staffLog.list(store, ["asha", consumer], { limit: 10 });
  assert.deepEqual(entries.map(({ kind }) => kind), ["snoozed", "unsnoozed"]);
}

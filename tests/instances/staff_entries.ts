import assert from "node:assert/strict";
import type { Client } from "../harness/client.ts";
import type { Cluster } from "./cluster.ts";

/** Asserts that notes written on each of several instances are told on all, in order, once, within `patienceMs`. */
export async function tellsNotes(cluster: Cluster, patienceMs: number): Promise<void> {
  const consumer = crypto.randomUUID();
  const visitor = await cluster.open(0, `chat/asha/${consumer}`, "visitor");
  await visitor.say("hello");
  const inboxes: Client[] = [];
  for (const instance of cluster.instances.keys()) {
    const inbox = await cluster.open(instance, "room/asha");
    inbox.send({ command: "subscribe" });
    await inbox.next("subscribed");
    inboxes.push(inbox);
  }
  let repeats = 0;
  const told = ({ frames }: Client) => frames.filter(({ command }) => command === "staff");
  for (const [i, inbox] of inboxes.entries()) {
    const send = (id: string) => inbox.send({ command: "note", consumer, client_id: id, text: id });
    // As clients do: an engine that is busy may leave it open whether a write was made.
    inbox.socket.on("message", (data: unknown) => {
      const { command, error, client_id } = JSON.parse(String(data));
      if (command !== "error" || error.code !== "unavailable") return;
      repeats++;
      send(client_id);
    });
    for (let n = 0; n < 10; n++) send(`${i}.${n}`);
  }
  const all = 10 * inboxes.length;
  for (const inbox of inboxes) {
    await inbox.until(() => told(inbox).length >= all, patienceMs);
    const seen = told(inbox).map(({ entry }) => entry.n);
    assert.deepEqual([...new Set(seen)], Array.from({ length: all }, (_, i) => i + 1));
    assert(seen.length <= all + repeats, "only the answer to a repeat comes again");
  }
}

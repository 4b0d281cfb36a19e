import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import type { Frame } from "../../harness/client.ts";
import type { Scenario } from "../scenario.ts";

export const throws: Scenario = {
  name: "throws",
  about: "a throw or a rejection in every handler ends that socket with 1011, and nothing else",
  harness: { entry: "tests/stress/faulty_service.ts" },
  async run(harness) {
    const healthy = harness.contractClient(crypto.randomUUID());
    healthy.say("before");
    await healthy.settled();
    const padding = crypto.randomUUID();
    const consumers = ["sync", "async", "type"].map((kind) => `boom_${kind}_${padding}`);
    const inRoom = (consumer: string): Frame[] => [
      { command: "new_message", message: { content: "boom" } },
      { command: "fetch_messages" },
      { command: "fetch_messages", after: 0 },
      { command: "fetch_messages", before: 9 },
      { command: "read", seq: 1 },
      { command: "update_room", consumer, status: "resolved" },
    ];
    let failed = 0;
    for (const consumer of consumers) {
      for (const frame of inRoom(consumer)) {
        const peer = await harness.peer(harness.pathOf(consumer), harness.token);
        await peer.next("welcome");
        peer.send(frame);
        // A room that does not exist has no status to change, so the response is an error.
        if (frame.command === "update_room") await peer.next("error");
        else assert.equal(await peer.closed(), 1011, `${frame.command} for ${consumer}`);
        failed++;
      }
      const inbox = await harness.peer("/ws/room/asha", harness.token);
      inbox.send({ command: "subscribe" });
      await inbox.next("subscribed");
      inbox.send({ command: "new_room", consumer });
      assert.equal(await inbox.closed(), 1011, "new_room");
      const asked = await harness.peer("/ws/room/asha", harness.token);
      asked.send({ command: "fetch_rooms", q: consumer });
      assert.equal(await asked.closed(), 1011, "fetch_rooms");
      failed += 2;
    }
    const refused = await harness.peer(harness.pathOf(`boom_room_${padding}`));
    assert.equal(refused.code, 10_500, "what fails before the upgrade is answered with a status");
    healthy.say("after");
    await healthy.settled();
    assert.equal(healthy.reconnects, 0);
    assert.deepEqual(healthy.faults, []);
    await eventually(async () => await harness.figure("parlor_addresses") === 1);
    assert.ok(!harness.service.output.includes("unhandled"), "every fault was caught where it was");
    return `${failed} faults, each ended its own socket; the others did not notice`;
  },
};

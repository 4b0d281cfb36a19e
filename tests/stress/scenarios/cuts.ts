import assert from "node:assert/strict";
import { Cutter } from "../cutter.ts";
import { pause } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

export const cuts: Scenario = {
  name: "cuts",
  about: "cuts at random bytes, both ways: every client ends with the same list",
  async run(harness) {
    const { random } = harness;
    const cutter = harness.keep(new Cutter(harness.address, random));
    const via = () => cutter.address.replace("http", "ws");
    const rooms = [crypto.randomUUID(), crypto.randomUUID()];
    const contractClients = rooms.map((consumer) =>
      Array.from(
        { length: 10 },
        (_, i) => harness.contractClient(consumer, { via, ...(i < 3 ? { token: harness.token } : {}) }),
      )
    );
    for (let i = 0; i < 1_000; i++) {
      random.pick(random.pick(contractClients)).say(`line ${i} ${"x".repeat(random.below(600))}`);
      await pause(5);
    }
    cutter.isCutting = false;
    await Promise.all(contractClients.flat().map((contractClient) => contractClient.settled(30_000)));
    let stored = 0;
    for (const [i, consumer] of rooms.entries()) {
      stored += (await holdsFor(harness, consumer, contractClients[i]!)).length;
    }
    assert.equal(stored, 1_000, "each message once");
    assert.ok(cutter.cuts > 200, `${cutter.cuts} cuts`);
    return `${cutter.cuts} cuts, 1,000 messages in 2 rooms, the same lists for 20 clients`;
  },
};

import assert from "node:assert/strict";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

export const writers: Scenario = {
  name: "writers",
  about: "100 writers into one room: 10,000 messages, the same list for all of them",
  async run(harness) {
    const consumer = crypto.randomUUID();
    const contractClients = Array.from(
      { length: 100 },
      (_, i) => harness.contractClient(consumer, i % 4 === 0 ? { token: harness.token } : {}),
    );
    const began = performance.now();
    for (let i = 0; i < 100; i++) {
      for (const [n, contractClient] of contractClients.entries()) {
        contractClient.say(`writer ${n} line ${i}`);
      }
      await new Promise((resolve) => setTimeout(resolve, harness.random.below(8)));
    }
    await Promise.all(contractClients.map((contractClient) => contractClient.settled(60_000)));
    const seconds = (performance.now() - began) / 1_000;
    const stored = await holdsFor(harness, consumer, contractClients);
    assert.equal(stored.length, 10_000);
    assert.ok(contractClients.every(({ reconnects }) => reconnects === 0), "nobody was dropped");
    for (const [n] of contractClients.entries()) {
      const own = stored.filter(({ content }) => content.startsWith(`writer ${n} `)).map(({ content }) =>
        content
      );
      assert.deepEqual(
        own,
        Array.from({ length: 100 }, (_, i) => `writer ${n} line ${i}`),
        "as each wrote them",
      );
    }
    return `10,000 messages, 1,000,000 deliveries in ${seconds.toFixed(1)} s, dense, the same for all`;
  },
};

import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import { mib, pause } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

const clients = 3_000, rooms = 300;

export const storm: Scenario = {
  name: "storm",
  about: "3,000 clients come back at once after a restart: all of them, each with what it missed",
  async run(harness) {
    const consumers = Array.from({ length: rooms }, () => crypto.randomUUID());
    const contractClients = Array.from({ length: clients }, (_, i) => {
      const consumer = consumers[i % rooms]!;
      return { consumer, contractClient: harness.contractClient(consumer) };
    });
    await eventually(async () => await harness.sockets() === clients, { ms: 30_000 });
    const memory = harness.memory();
    for (const { contractClient } of contractClients) {
      if (harness.random.below(3) === 0) contractClient.say("before");
    }
    await Promise.all(contractClients.map(({ contractClient }) => contractClient.settled()));
    await harness.service.end("SIGTERM");
    for (const { contractClient } of contractClients) {
      if (harness.random.below(3) === 0) contractClient.say("while nobody was there");
    }
    const began = performance.now();
    await harness.service.start();
    await eventually(async () => await harness.sockets() === clients, { ms: 30_000 });
    const back = performance.now() - began;
    assert.ok(back < 15_000, `all are back after ${Math.round(back)} ms`);
    await Promise.all(contractClients.map(({ contractClient }) => contractClient.settled(30_000)));
    let messages = 0;
    for (const consumer of harness.random.below(2) ? consumers.slice(0, 60) : consumers.slice(-60)) {
      const ofRoom = contractClients.filter((one) => one.consumer === consumer).map(({ contractClient }) =>
        contractClient
      );
      messages += (await holdsFor(harness, consumer, ofRoom)).length;
    }
    for (const { contractClient } of contractClients) assert.deepEqual(contractClient.faults, []);
    const full = harness.memory();
    await pause(500);
    return `all 3,000 back ${
      (back / 1_000).toFixed(1)
    } s after the start of the new process, ${messages} messages of ` +
      `60 rooms compared; memory with 3,000 sockets ${mib(memory)}, after the storm ${mib(full)}`;
  },
};

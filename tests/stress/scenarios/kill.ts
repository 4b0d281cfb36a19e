import assert from "node:assert/strict";
import { ms, pause } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

const rounds = 8;

export const kill: Scenario = {
  name: "kill",
  about: "kill -9 in bursts: nothing that was acknowledged is lost, doubled or moved",
  async run(harness) {
    const { random, service } = harness;
    const consumer = crypto.randomUUID();
    const contractClients = Array.from({ length: 6 }, () => harness.contractClient(consumer));
    const admin = harness.contractClient(consumer, { token: harness.token });
    const starts: number[] = [];
    let said = 0;
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < 200; i++) {
        random.pick([...contractClients, admin]).say(`round ${round} line ${i}`);
        said++;
        if (i % 20 === 0) await pause(random.below(4));
      }
      // At a random moment between the first write and the last acknowledgement.
      await pause(random.below(40));
      await service.end("SIGKILL");
      const began = performance.now();
      await service.start();
      starts.push(performance.now() - began);
    }
    const all = [...contractClients, admin];
    await Promise.all(all.map((contractClient) => contractClient.settled()));
    const stored = await holdsFor(harness, consumer, all);
    assert.equal(stored.length, said, "each message that was said is there, once");
    assert.ok(all.every(({ reconnects }) => reconnects >= rounds), "every kill was felt");
    return `${said} messages over ${rounds} kills, 0 lost, 0 doubled; back within ${ms(Math.max(...starts))}`;
  },
};

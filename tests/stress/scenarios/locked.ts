import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { ms, pause } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

const lockedMs = 10_000;

export const locked: Scenario = {
  name: "locked",
  about:
    "another program holds the database for 10 s: nobody waits for it in vain, nothing stops, all goes on after",
  isQuiet: true,
  async run(harness) {
    const consumer = crypto.randomUUID();
    const contractClient = harness.contractClient(consumer),
      reader = await harness.peer(harness.pathOf(consumer));
    contractClient.say("before");
    await contractClient.settled();
    const other = new DatabaseSync(`${harness.folder}/parlor.db`, { timeout: 1_000 });
    other.exec("BEGIN IMMEDIATE");
    const began = performance.now();
    let said = 1, refused: number | undefined;
    const reads: number[] = [];
    while (performance.now() - began < lockedMs) {
      if (said < 20) contractClient.say(`line ${said++}`);
      if (contractClient.nacks > 0) refused ??= performance.now() - began;
      const asked = performance.now();
      await reader.ask({ command: "fetch_messages", limit: 1 }, "messages");
      reads.push(performance.now() - asked);
      await pause(100);
    }
    assert.ok(refused !== undefined && refused < 2_000, `writes are refused after ${refused}`);
    assert.equal(await harness.status("/readyz"), 503);
    assert.equal(contractClient.acked.size, 1, "nothing is acknowledged meanwhile");
    other.exec("ROLLBACK");
    other.close();
    const freed = performance.now();
    await contractClient.settled(5_000);
    const recovered = performance.now() - freed;
    assert.equal((await holdsFor(harness, consumer, [contractClient])).length, said);
    const loop = await harness.mustHaveTurned();
    return `refused after ${ms(refused)}, reads at most ${ms(Math.max(...reads))}, ${loop}; ` +
      `all ${said} stored ${ms(recovered)} after the lock was gone`;
  },
};

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
  async run(stage) {
    const consumer = crypto.randomUUID();
    const talker = stage.talker(consumer), reader = await stage.peer(stage.pathOf(consumer));
    talker.say("before");
    await talker.settled();
    const other = new DatabaseSync(`${stage.folder}/parlor.db`, { timeout: 1_000 });
    other.exec("BEGIN IMMEDIATE");
    const began = performance.now();
    let said = 1, refused: number | undefined;
    const reads: number[] = [];
    while (performance.now() - began < lockedMs) {
      if (said < 20) talker.say(`line ${said++}`);
      if (talker.nacks > 0) refused ??= performance.now() - began;
      const asked = performance.now();
      await reader.ask({ command: "fetch_messages", limit: 1 }, "messages");
      reads.push(performance.now() - asked);
      await pause(100);
    }
    assert.ok(refused !== undefined && refused < 2_000, `writes are refused after ${refused}`);
    assert.equal(await stage.status("/readyz"), 503);
    assert.equal(talker.acked.size, 1, "nothing is acknowledged meanwhile");
    other.exec("ROLLBACK");
    other.close();
    const freed = performance.now();
    await talker.settled(5_000);
    const recovered = performance.now() - freed;
    assert.equal((await holdsFor(stage, consumer, [talker])).length, said);
    const loop = await stage.mustHaveTurned();
    return `refused after ${ms(refused)}, reads at most ${ms(Math.max(...reads))}, ${loop}; ` +
      `all ${said} stored ${ms(recovered)} after the lock was gone`;
  },
};

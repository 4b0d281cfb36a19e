import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import { SmallDisk } from "../../harness/small_disk.ts";
import { ms } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

let disk: SmallDisk | undefined;

export const diskFull: Scenario = {
  name: "disk_full",
  about: "the disk is full, then there is room: no false acknowledgement, reads go on, recovers by itself",
  harness: {
    folder: () => (disk = new SmallDisk(12)).folder,
    free: () => disk?.[Symbol.dispose](),
  },
  hindrance: () => SmallDisk.hindrance,
  async run(harness) {
    const ballast = `${harness.folder}/ballast`;
    const consumer = crypto.randomUUID();
    const contractClient = harness.contractClient(consumer),
      reader = await harness.peer(harness.pathOf(consumer));
    Deno.writeFileSync(ballast, new Uint8Array(8_000_000));
    let said = 0;
    const fill = "x".repeat(4_000);
    while (contractClient.nacks === 0) {
      assert.ok(said < 5_000, "the disk never got full");
      for (let i = 0; i < 10; i++) contractClient.say(`${said++} ${fill}`.slice(0, 4_000));
      await eventually(() => contractClient.outbox.size === 0 || contractClient.nacks > 0);
    }
    const stored = contractClient.acked.size;
    // Small writes may still fit after a long message did not.
    await eventually(async () => await harness.status("/readyz") === 503);
    assert.equal(await harness.status("/healthz"), 200);
    const page = await reader.ask({ command: "fetch_messages", limit: 200 }, "messages");
    assert.ok(page.messages.length > 0, "reads go on");
    Deno.removeSync(ballast);
    const began = performance.now();
    await eventually(async () => await harness.status("/readyz") === 200);
    const recovered = performance.now() - began;
    await contractClient.settled();
    assert.equal((await holdsFor(harness, consumer, [contractClient])).length, said);
    return `${stored} messages fitted, ${contractClient.nacks} refusals; recovered ${
      ms(recovered)
    } after there was room; ` +
      `all ${said} are there, once`;
  },
};

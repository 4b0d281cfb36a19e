import assert from "node:assert/strict";
import { ms, pause } from "../figures.ts";
import { Peer } from "../peer.ts";
import { v1 } from "../../harness/parlor.ts";
import { RawSocket } from "../../sockets/wires/raw_socket.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

export const sigterm: Scenario = {
  name: "sigterm",
  about:
    "SIGTERM under load with peers that are stuck: out within 4 s, all acknowledged is stored, others hear 1012",
  async run(harness) {
    const consumer = crypto.randomUUID(), times: number[] = [];
    const contractClients = Array.from({ length: 10 }, () => harness.contractClient(consumer));
    let said = 0;
    for (let round = 0; round < 3; round++) {
      const stuck = await RawSocket.open(harness.address, harness.pathOf(consumer));
      const paused = await Peer.open(harness.socketAddress + harness.pathOf(consumer), v1());
      paused.socket.pause();
      const polite = await Peer.open(harness.socketAddress + harness.pathOf(consumer), v1());
      let loading = true;
      const load = (async () => {
        while (loading) {
          harness.random.pick(contractClients).say(`round ${round} line ${said++}`);
          if (said % 2 === 0) await pause(1);
        }
      })();
      await pause(300 + harness.random.below(200));
      const { code, ms: took } = await harness.service.end("SIGTERM");
      loading = false;
      await load;
      times.push(took);
      assert.equal(code, 0);
      assert.ok(took < 4_000, `${Math.round(took)} ms`);
      assert.equal(await polite.closed(), 1012, "others hear that it restarts");
      stuck.cut();
      paused.cut();
      await harness.service.start();
    }
    await Promise.all(contractClients.map((contractClient) => contractClient.settled()));
    assert.equal((await holdsFor(harness, consumer, contractClients)).length, said);
    return `out within ${ms(Math.max(...times))}; ${said} messages, none lost, none doubled`;
  },
};

import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import { mib, ms, pause, quantile } from "../figures.ts";
import type { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";

const listeners = 3_000, messages = 20;

export const broadcast: Scenario = {
  name: "broadcast",
  about: "a room of 3,000 sockets: each message reaches each of them, once, in order",
  async run(harness) {
    const path = harness.pathOf(crypto.randomUUID());
    const writer = await harness.peer(path, harness.token);
    const empty = harness.memory();
    const sockets: Peer[] = [];
    while (sockets.length < listeners) {
      sockets.push(...await Promise.all(Array.from({ length: 100 }, () => harness.peer(path))));
    }
    await eventually(async () => await harness.sockets() === listeners + 1);
    const full = harness.memory();
    const heard = sockets.map((): number[] => []);
    let count = 0;
    for (const [i, socket] of sockets.entries()) {
      socket.onFrame = ({ command, message }) => {
        if (command !== "new_message") return;
        heard[i]!.push(message.seq);
        count++;
      };
    }
    const times: number[] = [];
    for (let n = 1; n <= messages; n++) {
      const began = performance.now();
      writer.say(`line ${n}`);
      await eventually(() => count >= n * listeners, { state: () => `${count} of ${n * listeners}` });
      times.push(performance.now() - began);
    }
    await pause(300);
    const all = Array.from({ length: messages }, (_, i) => i + 1);
    for (const one of heard) assert.deepEqual(one, all);
    const sum = await harness.figure("parlor_fan_out_seconds_sum"),
      told = await harness.figure("parlor_fan_out_seconds_count");
    await harness.leave();
    await pause(1_000);
    const left = harness.memory();
    return `${count} deliveries, each once and in order; to all 3,000 within ${
      ms(quantile(times, 0.5))
    } (half), ` +
      `${ms(Math.max(...times))} (longest), of which handing over took ${ms(sum / told * 1_000)}; memory ${
        mib(empty)
      }, ` +
      `${mib(full)} with 3,000, ${mib(left)} after they left`;
  },
};

import assert from "node:assert/strict";
import { silenceMs } from "../../../protocol/limits.ts";
import { opcodes, RawSocket } from "../../sockets/wires/raw_socket.ts";
import { pause } from "../figures.ts";
import type { Scenario } from "../scenario.ts";

const peers = 50;

export const silent: Scenario = {
  name: "silent",
  about: "peers that answer no ping are given up, those that do stay",
  isQuiet: true,
  async run(harness) {
    const alive = await harness.peer(harness.pathOf(crypto.randomUUID()));
    const raws = await Promise.all(
      Array.from(
        { length: peers },
        () => RawSocket.open(harness.address, harness.pathOf(crypto.randomUUID())),
      ),
    );
    const began = performance.now();
    // Half of the peers read but never answer.
    let pings = 0;
    const reading = raws.slice(peers / 2).map(async (raw) => {
      for (let heard; (heard = await raw.next()) !== undefined;) if (heard.opcode === opcodes.ping) pings++;
    });
    assert.equal(await harness.sockets(), peers + 1);
    const deadline = silenceMs + 5_000;
    for (let left; (left = await harness.sockets() - 1) > 0;) {
      assert.ok(performance.now() - began < deadline, `${left} are there after ${deadline} ms`);
      await pause(500);
    }
    const seconds = (performance.now() - began) / 1_000;
    assert.ok(seconds > 30, "and no sooner than they may be silent");
    for (const raw of raws) raw.cut();
    await Promise.all(reading);
    assert.ok(pings >= peers / 2, "they were asked");
    assert.ok(alive.isOpen, "who answers stays");
    return `${peers} silent peers gone after ${seconds.toFixed(0)} s, who answers is there`;
  },
};

import assert from "node:assert/strict";
import { pause } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

const hour = 3_600_000;

export const clock: Scenario = {
  name: "clock",
  about:
    "the clock is set an hour forward and two back: the order stays, times do not run back, nobody is shut out",
  harness: { entry: "tests/stress/clocked_service.ts", env: { LIMIT_MESSAGES_PER_ADDRESS: "200/1" } },
  async run(harness) {
    const consumer = crypto.randomUUID();
    const contractClients = [
      harness.contractClient(consumer),
      harness.contractClient(consumer, { token: harness.token }),
    ];
    let said = 0;
    const setClock = async (ms: number) => {
      await Deno.writeTextFile(`${harness.folder}/clock`, String(ms));
      await pause(100);
    };
    const talk = async () => {
      for (let i = 0; i < 40; i++) {
        harness.random.pick(contractClients).say(`line ${said++}`);
        if (i % 5 === 0) await pause(1);
      }
      await Promise.all(contractClients.map((contractClient) => contractClient.settled()));
    };
    await talk();
    for (const ahead of [hour, -hour, 0]) {
      await setClock(ahead);
      await talk();
      // A new visitor connects with a token that was signed at another clock setting.
      const visitor = await (await harness.tokens).signVisitor(
        harness.owner,
        consumer,
        Date.now() + 12 * hour,
      );
      for (const token of [harness.token, visitor]) {
        assert.ok((await (await harness.peer(harness.pathOf(consumer), token)).next("welcome")).server_time);
      }
    }
    const stored = await holdsFor(harness, consumer, contractClients);
    assert.equal(stored.length, said);
    const times = stored.map(({ created }) => Date.parse(created));
    assert.ok(times.every((time, i) => i === 0 || time >= times[i - 1]!), "times do not run back");
    assert.ok(times.at(-1)! - times[0]! >= hour - 1_000, "the clock was set");
    assert.ok(contractClients.every(({ reconnects }) => reconnects === 0), "nobody was cut off");
    return `${said} messages over jumps of +1 h, -2 h, +1 h: in order, times never back, nobody cut off`;
  },
};

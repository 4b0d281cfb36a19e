import assert from "node:assert/strict";
import { pause } from "../figures.ts";
import { holdsFor } from "../oracle.ts";
import type { Scenario } from "../scenario.ts";

const joiners = 300;

export const joins: Scenario = {
  name: "joins",
  about: "who joins in the middle of a burst sees the room from its first message, without a gap",
  async run(harness) {
    const consumer = crypto.randomUUID(), other = crypto.randomUUID();
    const writer = harness.contractClient(consumer), elsewhere = harness.contractClient(other);
    let writing = true, said = 0;
    const burst = (async () => {
      while (writing) {
        writer.say(`line ${said++}`);
        elsewhere.say("not of this room");
        await pause(2);
      }
    })();
    const late = [];
    for (let i = 0; i < joiners; i++) {
      late.push(harness.contractClient(consumer, i % 3 === 0 ? { token: harness.token } : {}));
      await pause(harness.random.below(16));
    }
    writing = false;
    await burst;
    await Promise.all([writer.settled(), elsewhere.settled()]);
    const stored = await holdsFor(harness, consumer, [writer, ...late]);
    await holdsFor(harness, other, [elsewhere]);
    assert.equal(stored.length, said);
    return `${joiners} joined while ${said} messages were written; each has all of them, in order`;
  },
};

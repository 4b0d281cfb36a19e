import assert from "node:assert/strict";
import { pause } from "../figures.ts";
import type { Scenario } from "../scenario.ts";

export const sameId: Scenario = {
  name: "same_id",
  about: "the same client_id 1,000 times over 20 sockets: one row, one telling, the same answer",
  async run(harness) {
    const consumer = crypto.randomUUID(), path = harness.pathOf(consumer);
    const senders = await Promise.all(Array.from({ length: 20 }, () => harness.peer(path)));
    const bystander = await harness.peer(path, harness.token);
    for (let i = 0; i < 50; i++) {
      for (const sender of senders) sender.say(`try ${i}`, "the one");
      await pause(0);
    }
    const echoes = (sender: typeof bystander) =>
      sender.frames.filter(({ command }) => command === "new_message");
    for (const sender of senders) await sender.until(() => echoes(sender).length >= 50);
    await pause(200);
    const answers = senders.flatMap(echoes).map(({ message }) => JSON.stringify(message));
    assert.equal(new Set(answers).size, 1, "the same answer to all of them");
    // For the sender of the stored message the broadcast is the response; the others receive the broadcast
    // before their own responses.
    for (const sender of senders) assert.ok(echoes(sender).length <= 51, "an answer each, and the telling");
    assert.equal(echoes(bystander).length, 1, "others are told once");
    const stored = await harness.stored(consumer);
    assert.equal(stored.length, 1);
    assert.equal(JSON.stringify(stored[0]), answers[0]);
    return `1,000 sent, 1 row, 1 telling, ${answers.length} answers, all the same`;
  },
};

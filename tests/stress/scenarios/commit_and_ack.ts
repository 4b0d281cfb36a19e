import assert from "node:assert/strict";
import { pause } from "../figures.ts";
import { Peer } from "../peer.ts";
import { v1 } from "../../harness/parlor.ts";
import type { Scenario } from "../scenario.ts";

const messages = 400;

export const commitAndAck: Scenario = {
  name: "commit_and_ack",
  about: "cut between commit and acknowledgement: the retry gets the message that was stored",
  async run(harness) {
    const { random } = harness;
    const consumer = crypto.randomUUID(), url = harness.socketAddress + harness.pathOf(consumer);
    let heard = 0, stored = 0, lost = 0;
    for (let n = 0; n < messages; n += 20) {
      await Promise.all(Array.from({ length: 20 }, async (_, i) => {
        const id = `${n + i}`, content = `line ${id}`;
        const cut = await Peer.open(url, v1());
        cut.say(content, id);
        const wait = random.below(6);
        if (wait > 0) await pause(wait);
        if (cut.frames.some((frame) => frame.message?.client_id === id)) heard++;
        cut.cut();
        const again = await Peer.open(url, v1());
        const known = (await again.ask({ command: "fetch_messages", limit: 200 }, "messages")).messages
          .find(({ client_id }: { client_id: string }) => client_id === id);
        again.say(content, id);
        const echo = () => again.frames.find((frame) => frame.message?.client_id === id);
        await again.until(() => echo() !== undefined);
        if (known) stored++;
        else lost++;
        if (known) assert.deepEqual(echo()!.message, known, "the retry gets what was stored");
        await again.end();
      }));
    }
    const all = await harness.stored(consumer);
    assert.equal(all.length, messages, "a row for each message");
    assert.deepEqual(all.map(({ seq }) => seq), all.map((_, i) => i + 1));
    assert.equal(new Set(all.map(({ client_id }) => client_id)).size, messages);
    assert.ok(stored > heard, "some were cut between commit and acknowledgement");
    return `${messages} senders cut: ${heard} after the acknowledgement, ${
      stored - heard
    } between commit and it, ${lost} before; ${messages} rows`;
  },
};

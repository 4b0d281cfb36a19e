import assert from "node:assert/strict";
import { ms, pause } from "../figures.ts";
import { v1 } from "../../harness/parlor.ts";
import { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";

export const expiry: Scenario = {
  name: "expiry",
  about:
    "a token that ends in the middle of a socket: closed with 4401 then, nothing heard after, no other touched",
  async run(harness) {
    const { signVisitor } = await harness.tokens;
    const consumer = crypto.randomUUID(), path = harness.pathOf(consumer);
    const lasting = harness.contractClient(consumer);
    // Token expiry has a resolution of one second.
    const ends = (Math.floor(Date.now() / 1_000) + 3) * 1_000;
    const tokens = await Promise.all(
      Array.from({ length: 50 }, () => signVisitor(harness.owner, consumer, ends)),
    );
    const peers = await Promise.all(tokens.map((token) => harness.peer(path, token)));
    const room = await Promise.all(tokens.slice(0, 10).map((token) => harness.peer("/ws/room/asha", token)));
    const closedAt: number[] = [], lastAt: number[] = [];
    for (const peer of [...peers, ...room]) {
      peer.onFrame = () => lastAt.push(Date.now());
      void peer.closed(20_000).then(() => closedAt.push(Date.now()));
    }
    while (Date.now() < ends + 1_000) {
      lasting.say("still talking");
      await pause(5);
    }
    for (const peer of [...peers, ...room]) assert.equal(peer.code, 4401);
    const latest = Math.max(...closedAt) - ends;
    assert.ok(Math.min(...closedAt) >= ends - 5, "not before");
    assert.ok(latest < 1_000, `${latest} ms late`);
    assert.ok(Math.max(...lastAt) <= Math.max(...closedAt), "nothing is heard after");
    for (const token of tokens.slice(0, 5)) {
      const late = await Peer.open(harness.socketAddress + path, v1(token));
      assert.equal(await late.closed(), 4401, "and it opens nothing any more");
    }
    await lasting.settled();
    assert.equal(lasting.reconnects, 0);
    assert.deepEqual(lasting.faults, []);
    return `60 sockets closed with 4401 within ${ms(Math.max(0, latest))} of the end of their tokens`;
  },
};

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../../../protocol/records.ts";
import { RoomChannel } from "../../../sockets/channels/room_channel.ts";

const message = (seq: number) => ({ seq }) as Message;

Deno.test("whatever order messages arrive in, and however often, they go out once each in seq order", () => {
  const arrivals = fc.integer({ min: 1, max: 30 }).chain((count) => {
    const seqs = Array.from({ length: count }, (_, i) => i + 1);
    const doubled = fc.shuffledSubarray(seqs).chain((again) =>
      fc.shuffledSubarray([...seqs, ...again], {
        minLength: count + again.length,
      })
    );
    return doubled;
  });
  fc.assert(fc.property(arrivals, (seqs) => {
    const channel = new RoomChannel();
    channel.told = 0;
    const out = seqs.flatMap((seq) => channel.accept(message(seq)).map((told) => told.seq));
    assert.deepEqual(out, Array.from({ length: Math.max(...seqs) }, (_, i) => i + 1));
    assert.equal(channel.isBehind, false);
  }));
});

Deno.test("a message that comes too early waits for what lies before it", () => {
  const channel = new RoomChannel();
  channel.told = 4;
  assert.deepEqual(channel.accept(message(7)), []);
  assert.deepEqual([channel.isBehind, channel.accept(message(6)).length], [true, 0]);
  assert.deepEqual(channel.accept(message(5)).map(({ seq }) => seq), [5, 6, 7]);
  assert.deepEqual(channel.accept(message(6)), [], "told already");
});

Deno.test("until it is known how far a room was told, all its messages wait", () => {
  const channel = new RoomChannel();
  for (const seq of [9, 7, 8]) assert.deepEqual(channel.accept(message(seq)), []);
  assert.equal(channel.isBehind, true);
  channel.begin(7);
  assert.deepEqual(channel.ready().map(({ seq }) => seq), [8, 9]);
  assert.equal(channel.isBehind, false);
});

Deno.test("a message that is only known to be there makes a room behind until it was told", () => {
  const channel = new RoomChannel();
  channel.begin(4);
  channel.heard = 6;
  assert.equal(channel.isBehind, true);
  assert.deepEqual([5, 6].flatMap((seq) => channel.accept(message(seq))).length, 2);
  assert.equal(channel.isBehind, false);
});

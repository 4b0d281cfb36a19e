import assert from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../../protocol/records.ts";
import { RoomLine } from "../../sockets/room_line.ts";

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
    const line = new RoomLine();
    line.told = 0;
    const out = seqs.flatMap((seq) => line.accept(message(seq)).map((told) => told.seq));
    assert.deepEqual(out, Array.from({ length: Math.max(...seqs) }, (_, i) => i + 1));
    assert.equal(line.hasGap, false);
  }));
});

Deno.test("a message that comes too early waits for what lies before it", () => {
  const line = new RoomLine();
  line.told = 4;
  assert.deepEqual(line.accept(message(7)), []);
  assert.deepEqual([line.hasGap, line.accept(message(6)).length], [true, 0]);
  assert.deepEqual(line.accept(message(5)).map(({ seq }) => seq), [5, 6, 7]);
  assert.deepEqual(line.accept(message(6)), [], "told already");
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../../../protocol/records.ts";
import { type Page, RoomCursor } from "../../../web/client/room_cursor.ts";

const message = (seq: number): Message => ({
  ...{
    author: "vera",
    side: "visitor",
    content: `${seq}`,
    room: "asha vera",
    created: "2026-11-23T10:00:00.000Z",
  },
  ...{ id: `r.${seq}`, seq, kind: "text" },
});
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => message(from + i));
const seqs = (messages: Message[]) => messages.map(({ seq }) => seq);

/** The service's side of a room, as specified by the contract. */
class Room {
  head = 0;
  epoch = "first";

  answer({ after, epoch }: { after?: number; epoch?: string }, limit: number): Page {
    if (after !== undefined && (epoch === undefined || epoch === this.epoch)) {
      const to = Math.min(this.head, after + limit);
      return { messages: range(after + 1, to), has_more: to < this.head, epoch: this.epoch };
    }
    const from = Math.max(1, this.head - limit + 1);
    const page = { messages: range(from, this.head), has_more: from > 1, epoch: this.epoch };
    return after === undefined ? page : { ...page, recovered: false };
  }
}

Deno.test("the first page is shown as it is, and the next message after it", () => {
  const cursor = new RoomCursor();
  assert.deepEqual(cursor.ask(), {});
  const turned = cursor.page({ messages: range(51, 100), has_more: true, epoch: "first" });
  assert.deepEqual([turned.replace, turned.again, seqs(turned.show).length], [true, false, 50]);
  assert.equal(cursor.live(message(101)), "show");
  assert.equal(cursor.live(message(101)), "drop");
  assert.equal(cursor.live(message(103)), "fetch");
  assert.deepEqual(cursor.ask(), { after: 101, epoch: "first" });
});

Deno.test("an empty room shows its first message", () => {
  const cursor = new RoomCursor();
  cursor.page({ messages: [], has_more: false, epoch: "first" });
  assert.equal(cursor.live(message(1)), "show");
});

Deno.test("a cursor of another life begins anew with the page it is given", () => {
  const cursor = new RoomCursor();
  cursor.page({ messages: range(1, 40), epoch: "first" });
  const turned = cursor.page({ messages: range(1, 3), epoch: "second", recovered: false });
  assert.deepEqual([turned.replace, turned.again, cursor.last], [true, false, 3]);
  assert.equal(cursor.live(message(4)), "show");
  assert.deepEqual(cursor.ask(), { after: 4, epoch: "second" });
});

Deno.test("whatever is lost, doubled or late on the way, what is shown ends up whole, in order and once", () => {
  const event = fc.oneof(
    fc.record({ what: fc.constant("sent" as const), arrives: fc.boolean() }),
    fc.record({ what: fc.constant("again" as const), back: fc.nat(5) }),
    fc.record({ what: fc.constant("ask" as const), limit: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ what: fc.constant("restored" as const), head: fc.nat(6) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const room = new Room(), cursor = new RoomCursor();
      let shown: number[] = [], from = 1, lives = 0;
      const ask = (limit: number) => {
        const { show, replace, again } = cursor.page(room.answer(cursor.ask(), limit));
        if (replace) [shown, from] = [[], show[0]?.seq ?? 1];
        shown.push(...seqs(show));
        return again;
      };
      const hear = (seq: number) => {
        const verdict = cursor.live(message(seq));
        if (verdict === "show") shown.push(seq);
      };
      for (const one of events) {
        if (one.what === "sent") {
          room.head++;
          if (one.arrives) hear(room.head);
        } else if (one.what === "again") {
          if (room.head > one.back) hear(room.head - one.back);
        } else if (one.what === "ask") ask(one.limit);
        else {
          // A restore closes every socket; the first frame on a new one is a query after the cursor.
          room.head = one.head;
          room.epoch = `life ${++lives}`;
          cursor.reconnected();
          ask(3);
        }
      }
      for (let rounds = 0; ask(3);) assert.ok(++rounds < 100, "catching up ends");
      assert.deepEqual(shown, seqs(range(from, room.head)));
    }),
    { numRuns: 500 },
  );
});

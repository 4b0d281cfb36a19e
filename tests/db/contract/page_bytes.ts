import assert from "node:assert/strict";
import type { Message } from "../../../protocol/records.ts";
import type { RoomKey, RoomsPage, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, sendMany, veraAtAsha, victorAtAsha } from "./fixtures.ts";

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
const seqsOf = (messages: Message[]) => messages.map(({ seq }) => seq);

/**
 * Messages of maximum size: characters of three bytes, characters of six bytes as JSON, and two short
 * messages between them.
 */
const longest = [
  "語".repeat(4_000),
  "\u0001".repeat(4_000),
  '"'.repeat(4_000),
  "short",
  "\\n",
  "😀".repeat(4_000),
];

async function fill(store: Store, key: RoomKey, count: number): Promise<void> {
  await Promise.all(
    numbers(count).map((n) =>
      store.appendMessage(draft(key, longest[n % longest.length]!, { at: morning + n }))
    ),
  );
}

const budgets = [1, 20_000, 60_000, 256 * 1024];

export function pageBytes(contractTest: ContractTest): void {
  contractTest(
    "a page after a seq ends at its bytes, the oldest kept, one at least, and goes on exactly there",
    async (store) => {
      await fill(store, veraAtAsha, 60);
      for (const budget of budgets) {
        const all: number[] = [];
        for (let last = 0;;) {
          const page = await store.messagesAfter(veraAtAsha, last, 40, budget);
          if (page.length === 0) break;
          assert.ok(page.length === 1 || bytesOf(page) <= budget + 2, `${bytesOf(page)} of ${budget}`);
          const next = await store.messagesAfter(veraAtAsha, page.at(-1)!.seq, 1);
          const isFull = page.length === 40 || next.length === 0 || bytesOf([...page, ...next]) > budget;
          assert.ok(isFull, `${page.length} messages take ${bytesOf(page)} of ${budget}`);
          all.push(...seqsOf(page));
          last = all.at(-1)!;
        }
        assert.deepEqual(all, numbers(60));
      }
    },
  );

  contractTest(
    "a page before a seq ends at its bytes, the newest kept, of a kind alone too",
    async (store) => {
      await fill(store, veraAtAsha, 60);
      for (const kind of [undefined, "text"] as const) {
        for (const budget of budgets) {
          const all: number[] = [];
          let first: number | undefined;
          while (true) {
            const page = await store.messagesBefore(veraAtAsha, first, 40, kind, budget);
            if (page.length === 0) break;
            assert.ok(page.length === 1 || bytesOf(page) <= budget + 2, `${bytesOf(page)} of ${budget}`);
            all.unshift(...seqsOf(page));
            first = all[0];
          }
          assert.deepEqual(all, numbers(60));
        }
      }
    },
  );

  contractTest("two hundred short messages are one page", async (store) => {
    await sendMany(store, veraAtAsha, 200);
    assert.equal((await store.messagesAfter(veraAtAsha, 0, 200, 254 * 1024)).length, 200);
    assert.equal((await store.messagesBefore(veraAtAsha, undefined, 200, undefined, 254 * 1024)).length, 200);
  });

  contractTest(
    "a list of rooms ends at its bytes, a room's messages at theirs, the newest of each whole",
    async (store) => {
      const keys = numbers(30).map((n) => ({ admin: "asha", consumer: `c${n}` }));
      for (const key of keys) await fill(store, key, 12);
      await store.saveVisitor(
        keys[3]!,
        { name: "語".repeat(100), email: `${"e".repeat(200)}@example.com` },
        morning,
      );
      await sendMany(store, victorAtAsha, 20);
      const query = { limit: 50, filter: "all", messages: 20, roomBytes: 8 * 1024 } as const;
      const whole = await store.rooms("asha", { ...query, messages: 1 });
      for (const bytes of [1, 100_000, 254 * 1024]) {
        const rooms: RoomsPage["rooms"] = [];
        let cursor: string | undefined;
        while (true) {
          const page = await store.rooms("asha", { ...query, cursor, bytes });
          assert.ok(
            page.rooms.length === 1 || bytesOf(page.rooms) <= bytes,
            `${bytesOf(page.rooms)} of ${bytes}`,
          );
          rooms.push(...page.rooms);
          cursor = page.cursor;
          if (cursor === undefined) break;
        }
        assert.deepEqual(rooms.map(({ room }) => room), whole.rooms.map(({ room }) => room));
        for (const [i, { room, messages }] of rooms.entries()) {
          assert.ok(
            messages.length === 1 || bytesOf(messages) <= 8 * 1024 + 2,
            `${bytesOf(messages)} in ${room.consumer}`,
          );
          assert.deepEqual(messages.at(-1), whole.rooms[i]!.messages[0]);
          assert.deepEqual(seqsOf(messages), numbers(room.head).slice(-messages.length));
        }
        const short = rooms.find(({ room }) => room.consumer === victorAtAsha.consumer)!;
        assert.equal(short.messages.length, 20, "of short ones the newest twenty are shown");
      }
    },
  );
}

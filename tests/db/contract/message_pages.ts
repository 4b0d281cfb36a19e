import assert from "node:assert/strict";
import type { Message } from "../../../protocol/records.ts";
import type { RoomKey, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, numbers, sendMany, veraAtAsha, victorAtAsha } from "./fixtures.ts";

const seqsOf = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);

export function messagePages(contractTest: ContractTest): void {
  contractTest("1,001 messages come page by page, forwards and backwards, each once", async (store) => {
    await sendMany(store, veraAtAsha, 1_001);
    await sendMany(store, victorAtAsha, 5);
    assert.deepEqual(seqsOf(await forwards(store, veraAtAsha, 100)), numbers(1_001));
    assert.deepEqual(seqsOf(await backwards(store, veraAtAsha, 100)), numbers(1_001));
  });

  contractTest("a page after a seq begins right behind it, oldest first", async (store) => {
    await sendMany(store, veraAtAsha, 10);
    assert.deepEqual(seqsOf(await store.messagesAfter(veraAtAsha, 0, 3)), [1, 2, 3]);
    assert.deepEqual(seqsOf(await store.messagesAfter(veraAtAsha, 7, 3)), [8, 9, 10]);
    assert.deepEqual(seqsOf(await store.messagesAfter(veraAtAsha, 9, 3)), [10]);
    assert.deepEqual(await store.messagesAfter(veraAtAsha, 10, 3), []);
    assert.deepEqual(await store.messagesAfter(veraAtAsha, 1_000_000, 3), []);
  });

  contractTest("a page before a seq ends right ahead of it, oldest first", async (store) => {
    await sendMany(store, veraAtAsha, 10);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, undefined, 3)), [8, 9, 10]);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, 8, 3)), [5, 6, 7]);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, 3, 3)), [1, 2]);
    assert.deepEqual(await store.messagesBefore(veraAtAsha, 1, 3), []);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, 1_000_000, 2)), [9, 10]);
  });

  contractTest("a page of one kind skips the others and is still full", async (store) => {
    for (const n of numbers(20)) {
      const isStatus = n % 4 === 0;
      const content = isStatus ? (n % 8 ? "resolved" : "open") : `${n}`;
      await store.appendMessage(
        draft(veraAtAsha, content, { side: "admin", kind: isStatus ? "status" : "text" }),
      );
    }
    const texts = await store.messagesBefore(veraAtAsha, undefined, 4, "text");
    assert.deepEqual(seqsOf(texts), [15, 17, 18, 19]);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, 15, 4, "text")), [10, 11, 13, 14]);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, undefined, 9, "status")), [
      4,
      8,
      12,
      16,
      20,
    ]);
    assert.deepEqual(seqsOf(await store.messagesBefore(veraAtAsha, undefined, 3)), [18, 19, 20]);
  });
}

/** A room's messages, read in pages from the first. */
export async function forwards(store: Store, key: RoomKey, limit: number): Promise<Message[]> {
  const all: Message[] = [];
  while (true) {
    const last = all.at(-1)?.seq ?? 0;
    const page = await store.messagesAfter(key, last, limit);
    assertAscending([last, ...seqsOf(page)]);
    all.push(...page);
    if (page.length < limit) return all;
  }
}

/** A room's messages, read in pages from the newest back. */
export async function backwards(store: Store, key: RoomKey, limit: number): Promise<Message[]> {
  const all: Message[] = [];
  while (true) {
    const first = all[0]?.seq;
    const page = await store.messagesBefore(key, first, limit);
    assertAscending([...seqsOf(page), first ?? Infinity]);
    all.unshift(...page);
    if (page.length < limit) return all;
  }
}

/** Prevents an endless loop if pages do not advance. */
function assertAscending(seqs: number[]): void {
  assert(seqs.every((seq, i) => i === 0 || seq > seqs[i - 1]!), `out of order: ${seqs}`);
}

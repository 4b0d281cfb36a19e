import assert from "node:assert/strict";
import { Unavailable } from "../../../db/errors.ts";
import type { Appended, Store } from "../../../db/store.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import type { ContractTest } from "../store_contract.ts";
import {
  draft,
  morning,
  numbers,
  send,
  sendMany,
  veraAtAsha,
  veraAtBruno,
  victorAtAsha,
} from "./fixtures.ts";

export function appends(contractTest: ContractTest): void {
  contractTest("a message comes back as it was stored, in the answer and in the history", async (store) => {
    await store.openRoom(veraAtAsha, morning);
    const { room, message, ...rest } = await store.appendMessage(
      draft(veraAtAsha, "hello", { client_id: "01985c3e", at: morning + 42 }),
    );
    assert.deepEqual(rest, { fresh: true, opened: false, statusChanged: false });
    assert.deepEqual(message, {
      author: "vera",
      side: "visitor",
      content: "hello",
      room: "asha vera",
      created: "2026-11-23T09:00:00.042Z",
      id: `${room.id}.1`,
      seq: 1,
      kind: "text",
      client_id: "01985c3e",
    });
    assert.deepEqual(await store.messagesAfter(veraAtAsha, 0, 10), [message]);
    assert.deepEqual(await store.room(veraAtAsha), room);
  });

  contractTest("the author is the admin's name or the consumer id, by side", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "a question"));
    await store.appendMessage(draft(veraAtAsha, "an answer", { side: "admin" }));
    const authors = (await store.messagesAfter(veraAtAsha, 0, 10)).map(({ author }) => author);
    assert.deepEqual(authors, ["vera", "asha"]);
  });

  contractTest("each message tells its side, also where both sides have one name", async (store) => {
    const namesake = { admin: "asha", consumer: "asha" };
    for (const side of ["visitor", "admin", "admin"] as const) {
      const { message } = await store.appendMessage(draft(namesake, `by the ${side}`, { side }));
      assert.equal(message.side, side);
    }
    const { rooms } = await store.rooms("asha", { limit: 1, filter: "all", messages: 20 });
    const found = await store.searchMessages("asha", { phrases: parsePhrases("by the"), limit: 10 });
    for (
      const messages of [
        await store.messagesAfter(namesake, 0, 10),
        await store.messagesBefore(namesake, undefined, 10),
        rooms[0]!.messages,
        found.found.map(({ message }) => message),
      ]
    ) {
      assert.deepEqual(messages.map(({ side }) => side).toSorted(), ["admin", "admin", "visitor"]);
      for (const { content, side } of messages) assert.equal(content, `by the ${side}`);
    }
  });

  contractTest("a message without a client_id has none, however alike two are", async (store) => {
    await send(store, veraAtAsha, "hello", "hello");
    const messages = await store.messagesAfter(veraAtAsha, 0, 10);
    assert.deepEqual(messages.map(({ seq }) => seq), [1, 2]);
    for (const message of messages) assert(!("client_id" in message));
  });

  contractTest("a first message makes its room, and says so", async (store) => {
    const first = await store.appendMessage(draft(veraAtAsha, "hello", { at: morning + 1 }));
    assert.equal(first.opened, true);
    assert.deepEqual([first.room.created, first.room.active, first.room.head], [morning + 1, morning + 1, 1]);
    assert.equal((await store.appendMessage(draft(veraAtAsha, "again"))).opened, false);
  });

  contractTest("of a hundred first messages at once, exactly one made the room", async (store) => {
    const all = await Promise.all(numbers(100).map((n) => store.appendMessage(draft(veraAtAsha, `${n}`))));
    assert.equal(all.filter(({ opened }) => opened).length, 1);
    assert.equal(all.find(({ opened }) => opened)?.message.seq, 1);
  });

  contractTest(
    "a message in a room that is opened at the same time has opened nothing, or the opener has not",
    async (store) => {
      const [{ created }, { opened }] = await Promise.all([
        store.openRoom(veraAtAsha, morning),
        store.appendMessage(draft(veraAtAsha, "hello")),
      ]);
      assert.equal(Number(created) + Number(opened), 1);
    },
  );

  contractTest(
    "of several appends at once, the earlier call gets the smaller seq and resolves first",
    async (store) => {
      const resolved: number[] = [];
      const appends = numbers(100).map(async (n) => {
        const { message } = await store.appendMessage(draft(veraAtAsha, `${n}`));
        resolved.push(message.seq);
        return message;
      });
      const messages = await Promise.all(appends);
      assert.deepEqual(
        messages.map(({ seq, content }) => [seq, content]),
        numbers(100).map((n) => [n, `${n}`]),
      );
      assert.deepEqual(resolved, numbers(100));
    },
  );

  contractTest(
    "two writers at once, a hundred messages each, leave no gap and keep their own order",
    async (store) => {
      const seqs = { vera: [] as number[], asha: [] as number[] };
      await Promise.all([
        write(store, "visitor", seqs.vera),
        write(store, "admin", seqs.asha),
      ]);
      assert.deepEqual([...seqs.vera, ...seqs.asha].sort((a, b) => a - b), numbers(200));
      for (const own of [seqs.vera, seqs.asha]) assert.deepEqual(own, own.toSorted((a, b) => a - b));
      assert.equal((await store.room(veraAtAsha))?.head, 200);
    },
  );

  contractTest("rooms count for themselves, however their messages are mixed", async (store) => {
    const keys = [veraAtAsha, victorAtAsha, veraAtBruno];
    await Promise.all(numbers(90).map((n) => store.appendMessage(draft(keys[n % 3]!, `${n}`))));
    for (const key of keys) {
      const messages = await store.messagesAfter(key, 0, 100);
      assert.deepEqual(messages.map(({ seq }) => seq), numbers(30));
    }
  });

  contractTest("a message's id is nobody else's", async (store) => {
    for (const key of [veraAtAsha, victorAtAsha, veraAtBruno]) await sendMany(store, key, 12);
    const all = await Promise.all(
      [veraAtAsha, victorAtAsha, veraAtBruno].map((key) => store.messagesAfter(key, 0, 100)),
    );
    assert.equal(new Set(all.flat().map(({ id }) => id)).size, 36);
  });

  contractTest("time never runs back within a room, whatever the clock does", async (store) => {
    await store.openRoom(veraAtAsha, morning);
    const times: string[] = [];
    let last: Appended | undefined;
    for (const at of [morning + 5, morning + 3, morning - 3_600_000, morning + 5, morning + 6]) {
      last = await store.appendMessage(draft(veraAtAsha, "tick", { at }));
      times.push(last.message.created);
    }
    assert.deepEqual(times.map((time) => Date.parse(time) - morning), [5, 5, 5, 5, 6]);
    assert.equal(last?.room.active, morning + 6);
    assert.equal((await store.appendMessage(draft(victorAtAsha, "tick"))).room.active, morning);
  });

  contractTest(
    "of several writes at once, one that cannot be stored fails alone and leaves no trace",
    async (store) => {
      const bad = { side: "admin", kind: "status", client_id: "bad" } as const;
      const [first, refused, elsewhere, second] = await Promise.allSettled([
        store.appendMessage(draft(veraAtAsha, "one")),
        store.appendMessage(draft(veraAtAsha, "gone fishing", bad)),
        store.appendMessage(draft(victorAtAsha, "gone fishing", bad)),
        store.appendMessage(draft(veraAtAsha, "two")),
      ]);
      assert(first.status === "fulfilled" && second.status === "fulfilled");
      assert.deepEqual([first.value.message.seq, second.value.message.seq], [1, 2]);
      assert(refused.status === "rejected" && elsewhere.status === "rejected");
      assert(!(refused.reason instanceof Unavailable), "calling again would not help");
      assert.equal(await store.room(victorAtAsha), undefined);
      assert.equal((await store.room(veraAtAsha))?.read.admin, 0);
      const mended = await store.appendMessage(draft(veraAtAsha, "resolved", bad));
      assert.deepEqual([mended.fresh, mended.message.seq], [true, 3]);
    },
  );

  contractTest("a room answered by a write is the room after that very write", async (store) => {
    const all = await Promise.all(numbers(20).map((n) => store.appendMessage(draft(veraAtAsha, `${n}`))));
    assert.deepEqual(all.map(({ room }) => room.head), numbers(20));
  });
}

async function write(store: Store, side: "admin" | "visitor", seqs: number[]): Promise<void> {
  for (const n of numbers(100)) {
    const { message } = await store.appendMessage(draft(veraAtAsha, `${side} ${n}`, { side }));
    seqs.push(message.seq);
  }
}

import assert from "node:assert/strict";
import { Blocked, Moved } from "../../../db/errors.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import type { MessageDraft, Store } from "../../../db/store.ts";
import type { Message } from "../../../protocol/records.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, victorAtAsha } from "./fixtures.ts";
import { forwards } from "./message_pages.ts";

/** Vera wrote as `anna` before she signed in. */
const annaAtAsha = { admin: "asha", consumer: "anna" };
const later = morning + 60_000;

const merge = (store: Store, from = annaAtAsha, into = veraAtAsha.consumer) =>
  store.mergeRooms(from, into, later);
const shown = (messages: Message[]) =>
  messages.map(({ seq, content, client_id }) => [seq, content, client_id]);
const isMovedTo = (into: string) => (error: unknown) => error instanceof Moved && error.into === into;

async function found(store: Store, q: string): Promise<string[]> {
  const page = await store.searchMessages("asha", { phrases: parsePhrases(q), limit: 50 });
  return page.found.map(({ message }) => `${message.room.split(" ")[1]} ${message.seq}`);
}

export function merging(contractTest: ContractTest): void {
  contractTest(
    "a room's messages move to the end of another, as they are but for their seqs, and the room is gone",
    async (store, opened) => {
      const ana = { id: "ana", name: "Ana" };
      const anna = (content: string, rest: Partial<MessageDraft> = {}) =>
        draft(annaAtAsha, content, { at: morning + 1, ...rest });
      await store.appendMessage(anna("needle alpha", { client_id: "a" }));
      await store.appendMessage(anna("needle bravo", { side: "admin", by: ana, client_id: "a" }));
      await store.appendMessage(anna("needle charlie", { reply: { seq: 2, button: "x" } }));
      await store.appendMessage(anna("needle delta", { kind: "edit", edit: { seq: 1 } }));
      await store.appendMessage(draft(veraAtAsha, "needle later", { at: later, client_id: "v" }));
      await send(store, victorAtAsha, "needle else");
      const before = await store.messagesAfter(annaAtAsha, 0, 10);
      const merged = await merge(store);
      assert.deepEqual([merged?.isFresh, merged?.room.head, merged?.room.consumer], [true, 5, "vera"]);
      for (const isReopened of [false, true]) {
        const at = isReopened ? await opened.reopen() : store;
        assert.deepEqual(await at.room(veraAtAsha), merged!.room);
        assert.equal(await at.room(annaAtAsha), undefined);
        assert.deepEqual(await at.messagesAfter(annaAtAsha, 0, 10), []);
        const all = await at.messagesAfter(veraAtAsha, 0, 10);
        assert.deepEqual(shown(all), [
          [1, "needle later", "v"],
          ...before.map(({ seq, content, client_id }) => [seq + 1, content, client_id]),
        ]);
        assert.deepEqual(all.slice(1).map(({ created, by, side, kind }) => [created, by, side, kind]), [
          ...before.map(({ created, by, side, kind }) => [created, by, side, kind]),
        ]);
        const [, alpha, , charlie, edit] = all;
        assert.deepEqual([alpha!.edited, charlie!.reply?.seq, edit!.edit], [5, 3, { seq: 2 }]);
        assert(
          all.every(({ room, author, side }) =>
            room === "asha vera" && author === (side === "admin" ? "asha" : "vera")
          ),
        );
        assert.deepEqual((await found(at, "needle")).sort(), [
          "vera 1",
          "vera 2",
          "vera 3",
          "vera 4",
          "victor 1",
        ]);
        assert.deepEqual(await at.roomCounts("asha"), {
          ...await at.roomCounts("asha"),
          open: 2,
          resolved: 0,
        });
        const { rooms } = await at.rooms("asha", { limit: 10, filter: "all", messages: 1 });
        assert.deepEqual(rooms.map(({ room }) => room.consumer).sort(), ["vera", "victor"]);
        const again = await at.appendMessage(draft(veraAtAsha, "?", { client_id: "a" }));
        assert.deepEqual([again.fresh, again.message.seq], [false, 2], "the moved ids are known");
      }
    },
  );

  contractTest(
    "where there is no other room yet, the room itself gets the other id",
    async (store, opened) => {
      await send(store, annaAtAsha, "needle one", "two");
      await store.saveVisitor(annaAtAsha, { name: "Anna", page: "https://a.example/" }, morning);
      await store.saveVisitor(veraAtAsha, { name: "Vera", verified: true }, morning + 5);
      const merged = await merge(store);
      for (const isReopened of [false, true]) {
        const at = isReopened ? await opened.reopen() : store;
        assert.deepEqual(await at.room(veraAtAsha), merged!.room);
        assert.deepEqual(merged!.room.visitor, { name: "Vera", verified: true });
        assert.deepEqual((await at.messagesAfter(veraAtAsha, 0, 10)).map(({ author }) => author), [
          "vera",
          "vera",
        ]);
        assert.deepEqual([await at.room(annaAtAsha), await at.visitor(annaAtAsha)], [undefined, undefined]);
        assert.deepEqual(await found(at, "needle"), ["vera 1"]);
        const visitor = await at.visitor(veraAtAsha);
        assert.deepEqual([visitor?.page, visitor?.firstSeen], ["https://a.example/", morning]);
      }
    },
  );

  contractTest(
    "the former id leads to the room for ever: nothing is written under it, and repeats change nothing",
    async (store, opened) => {
      await send(store, annaAtAsha, "one");
      await send(store, veraAtAsha, "two");
      await merge(store);
      for (const isReopened of [false, true]) {
        const at = isReopened ? await opened.reopen() : store;
        assert.equal(await at.consumerNow(annaAtAsha), "vera");
        assert.equal(await at.consumerNow(veraAtAsha), "vera");
        await assert.rejects(at.appendMessage(draft(annaAtAsha, "three")), isMovedTo("vera"));
        await assert.rejects(at.openRoom(annaAtAsha, later), isMovedTo("vera"));
        assert.equal(await at.markRead(annaAtAsha, "admin", 1), undefined);
        const again = await merge(at);
        assert.deepEqual([again?.isFresh, again?.room.head], [false, 2]);
        assert.equal(await merge(at, veraAtAsha, "anna"), undefined, "not the other way round");
        assert.equal((await at.room(veraAtAsha))?.head, 2);
      }
    },
  );

  contractTest("a chain of merges leads to its end, and with the last room goes every id", async (store) => {
    for (const consumer of ["anna", "bea", "cleo"]) await send(store, { admin: "asha", consumer }, consumer);
    await merge(store, annaAtAsha, "bea");
    await merge(store, { admin: "asha", consumer: "bea" }, "cleo");
    assert.equal(await store.consumerNow(annaAtAsha), "cleo");
    const cleo = { admin: "asha", consumer: "cleo" };
    assert.deepEqual((await store.messagesAfter(cleo, 0, 9)).map(({ content }) => content), [
      "cleo",
      "bea",
      "anna",
    ]);
    assert.equal(await store.forgetVisitor(cleo), true);
    assert.deepEqual([await found(store, "anna"), await found(store, "cleo")], [[], []]);
    for (const consumer of ["anna", "bea", "cleo"]) {
      assert.equal(await store.consumerNow({ admin: "asha", consumer }), consumer);
      const { message } = await store.appendMessage(draft({ admin: "asha", consumer }, "back"));
      assert.equal(message.seq, 1);
    }
  });

  contractTest("a client id that both rooms know stays with the message that was there", async (store) => {
    await store.appendMessage(draft(annaAtAsha, "moved", { client_id: "1" }));
    await store.appendMessage(draft(veraAtAsha, "there", { client_id: "1" }));
    await merge(store);
    assert.deepEqual(shown(await store.messagesAfter(veraAtAsha, 0, 5)), [[1, "there", "1"], [
      2,
      "moved",
      undefined,
    ]]);
    const again = await store.appendMessage(draft(veraAtAsha, "?", { client_id: "1" }));
    assert.deepEqual([again.fresh, again.message.content], [false, "there"]);
  });

  contractTest(
    "what was unread stays so, and the merged room is as open as the more open of both",
    async (store) => {
      await send(store, annaAtAsha, "one", "two");
      await store.markRead(annaAtAsha, "admin", 1);
      await send(store, veraAtAsha, "three");
      await store.appendMessage(draft(veraAtAsha, "resolved", { side: "admin", kind: "status" }));
      const merged = await merge(store);
      assert.deepEqual([merged?.room.status, merged?.room.read.admin], ["open", 3]);
      assert.deepEqual({ ...await store.roomCounts("asha") }, {
        ...await store.roomCounts("asha"),
        open: 1,
        resolved: 0,
        unread: 1,
      });
    },
  );

  contractTest("a blocked visitor's room moves nowhere, and nothing to it", async (store) => {
    await send(store, annaAtAsha, "one");
    await send(store, veraAtAsha, "two");
    for (const blocked of [annaAtAsha, veraAtAsha]) {
      await store.blockVisitor(blocked, later);
      await assert.rejects(merge(store), Blocked);
      await store.unblockVisitor(blocked);
    }
    assert.equal((await store.room(annaAtAsha))?.head, 1);
    assert.equal((await merge(store))?.room.head, 2);
  });

  contractTest("where there is nothing to move nothing is made", async (store) => {
    assert.equal(await merge(store), undefined);
    assert.deepEqual([await store.room(veraAtAsha), await store.consumerNow(annaAtAsha)], [
      undefined,
      "anna",
    ]);
    await store.appendMessage(draft(annaAtAsha, "fine"));
  });

  contractTest("of 8 merges at once one moves, and none twice", async (store) => {
    await send(store, annaAtAsha, "one", "two");
    await send(store, veraAtAsha, "three");
    const all = await Promise.all(numbers(8).map(() => merge(store)));
    assert.equal(all.filter((one) => one?.isFresh).length, 1);
    assert(all.every((one) => one?.room.head === 3));
  });

  contractTest("what writers of both rooms were told during a merge is there, once", async (store) => {
    await send(store, annaAtAsha, ...numbers(30).map((n) => `anna ${n}`));
    await send(store, veraAtAsha, "vera 0");
    const told: string[] = [];
    const write = async (key: typeof annaAtAsha, n: number) => {
      const one = draft(key, `${key.consumer} w${n}`, { client_id: `${key.consumer}${n}`, at: later });
      const done = await store.appendMessage(one).catch((error) => {
        assert(error instanceof Moved, String(error));
        return store.appendMessage({ ...one, consumer: error.into });
      });
      told.push(done.message.content);
    };
    const writers = numbers(60).flatMap((n) => [write(annaAtAsha, n), write(veraAtAsha, n)]);
    const merged = await merge(store);
    await Promise.all([...writers, ...numbers(20).map((n) => write(annaAtAsha, 100 + n))]);
    assert.equal(merged?.isFresh, true);
    assert.equal(await store.room(annaAtAsha), undefined);
    const all = await forwards(store, veraAtAsha, 100);
    assert.deepEqual(all.map(({ seq }) => seq), numbers(all.length));
    const contents = all.map(({ content }) => content);
    assert.equal(new Set(contents).size, contents.length);
    assert.equal(contents.length, 31 + 140);
    assert.deepEqual(told.filter((content) => !contents.includes(content)), []);
  });

  contractTest(
    "a reader during a merge sees all of a room or nothing of it, never both rooms",
    async (store) => {
      await Promise.all(numbers(400).map((n) => store.appendMessage(draft(annaAtAsha, `moved ${n}`))));
      await send(store, veraAtAsha, "there");
      let isDone = false;
      const merged = merge(store).finally(() => isDone = true);
      while (!isDone) {
        const [vera, anna] = [await store.room(veraAtAsha), await store.room(annaAtAsha)];
        assert([1, 401].includes(vera!.head));
        const messages = await store.messagesAfter(veraAtAsha, 0, 500);
        assert([1, 401].includes(messages.length), `${messages.length}`);
        if (anna) assert.equal(anna.head, 400);
        await new Promise((resolve) => setTimeout(resolve));
      }
      assert.equal((await merged)?.room.head, 401);
      assert.deepEqual((await forwards(store, veraAtAsha, 200)).map(({ seq }) => seq), numbers(401));
    },
  );
}

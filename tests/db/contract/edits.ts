import assert from "node:assert/strict";
import { NotEditable, type NotEditableReason } from "../../../db/errors.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import type { Appended, MessageDraft, RoomKey, Store } from "../../../db/store.ts";
import { editableMs } from "../../../protocol/limits.ts";
import type { MessageBy } from "../../../protocol/records.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, malloryAtAsha, morning, numbers, send, veraAtAsha, victorAtAsha } from "./fixtures.ts";

const ana: MessageBy = { id: "ana", name: "Ana" }, ben: MessageBy = { id: "ben", name: "Ben" };

const editOf = (seq: number, content: string, rest: Partial<MessageDraft> = {}): MessageDraft =>
  draft(veraAtAsha, content, { kind: "edit", edit: { seq }, at: morning + 1_000, ...rest });

const deletionOf = (seq: number, rest: Partial<MessageDraft> = {}): MessageDraft =>
  editOf(seq, "", { edit: { seq, deleted: true }, ...rest });

const because = (reason: NotEditableReason) => (error: unknown) =>
  error instanceof NotEditable && error.reason === reason;

async function found(store: Store, q: string): Promise<number[]> {
  const page = await store.searchMessages("asha", { phrases: parsePhrases(q), limit: 50 });
  return page.found.map(({ message }) => message.seq);
}

const contentsOf = async (store: Store, key: RoomKey = veraAtAsha) =>
  (await store.messagesAfter(key, 0, 200)).map(({ content }) => content);

export function edits(contractTest: ContractTest): void {
  contractTest(
    "an edit is the room's newest message, and every page, list and search shows the new text",
    async (store, opened) => {
      await send(store, veraAtAsha, "my code is quetzal", "second");
      const { message, room } = await store.appendMessage(editOf(1, "my code is pelican"));
      assert.deepEqual([message.seq, message.kind, message.content, message.edit, room.head], [
        ...[3, "edit", "my code is pelican"],
        { seq: 1 },
        3,
      ]);
      for (const isReopened of [false, true]) {
        const at = isReopened ? await opened.reopen() : store;
        const all = await at.messagesAfter(veraAtAsha, 0, 10);
        assert.deepEqual(all.map(({ content, edited }) => [content, edited]), [
          ["my code is pelican", 3],
          ["second", undefined],
          ["my code is pelican", undefined],
        ]);
        assert.deepEqual(await at.messagesBefore(veraAtAsha, undefined, 10), all);
        const texts = await at.messagesBefore(veraAtAsha, undefined, 10, "text");
        assert.deepEqual(texts.map(({ seq }) => seq), [1, 2]);
        const { rooms } = await at.rooms("asha", { limit: 5, filter: "all", messages: 10 });
        assert.deepEqual(rooms[0]!.messages, all);
        assert.deepEqual([await found(at, "quetzal"), await found(at, "pelican")], [[], [1]]);
      }
    },
  );

  contractTest("a deleted text leaves no word, carries nothing, and is edited no more", async (store) => {
    const extra = { type: "buttons", buttons: [{ id: "1", label: "quetzal" }] } as const;
    const text = draft(veraAtAsha, "quetzal", {
      side: "admin",
      by: ana,
      extra: { ...extra, buttons: [...extra.buttons] },
    });
    await store.appendMessage(text);
    await store.appendMessage(editOf(1, "quetzal again", { side: "admin", by: ana }));
    const { message } = await store.appendMessage(deletionOf(1, { side: "admin", by: ana }));
    assert.deepEqual([message.content, message.edit], ["", { seq: 1, deleted: true }]);
    const all = await store.messagesAfter(veraAtAsha, 0, 10);
    assert(!JSON.stringify(all).includes("quetzal"), "the earlier edit says it no more either");
    assert.deepEqual([all[0]!.deleted, all[0]!.edited, all[0]!.by, all[0]!.extra], [true, 3, ana, undefined]);
    assert.deepEqual(await found(store, "quetzal"), []);
    for (const again of [editOf(1, "back"), deletionOf(1)]) {
      await assert.rejects(store.appendMessage({ ...again, side: "admin", by: ana }), because("deleted"));
    }
  });

  contractTest("of two edits the later one's text remains, and nothing of the earlier", async (store) => {
    await send(store, veraAtAsha, "alpha");
    await store.appendMessage(editOf(1, "bravo"));
    await store.appendMessage(editOf(1, "charlie"));
    assert.deepEqual(await contentsOf(store), ["charlie", "", "charlie"]);
    assert.deepEqual([
      await found(store, "alpha"),
      await found(store, "bravo"),
      await found(store, "charlie"),
    ], [
      ...[[], []],
      [1],
    ]);
  });

  contractTest("texts written in one go keep their words when one of them is edited", async (store) => {
    await Promise.all(["tea one", "tea two", "tea three"].map((text) => send(store, veraAtAsha, text)));
    await store.appendMessage(editOf(2, "coffee two"));
    assert.deepEqual((await found(store, "tea")).sort(), [1, 3]);
    assert.deepEqual((await found(store, "two")).sort(), [2]);
    await Promise.all([send(store, veraAtAsha, "milk four"), store.appendMessage(editOf(5, "juice four"))]
      .map((one) => one.catch(() => {})));
    await Promise.all([
      send(store, veraAtAsha, "x"),
      ...numbers(3).map((n) => store.appendMessage(editOf(1, `tea ${n}`))),
    ]);
    assert.deepEqual((await found(store, "tea")).sort(), [1, 3]);
  });

  contractTest(
    "an edit is refused, without a trace, unless the text is the author's own, there, and young enough",
    async (store) => {
      await send(store, victorAtAsha, "hello");
      await store.appendMessage(draft(veraAtAsha, "question"));
      await store.appendMessage(draft(veraAtAsha, "by ana", { side: "admin", by: ana }));
      await store.appendMessage(draft(veraAtAsha, "by the account", { side: "admin" }));
      await store.appendMessage(draft(veraAtAsha, "by the bot", { side: "admin", by: "bot" }));
      await store.appendMessage(draft(veraAtAsha, "resolved", { side: "admin", kind: "status" }));
      const before = [await store.room(veraAtAsha), await store.messagesAfter(veraAtAsha, 0, 20)];
      const refused: [MessageDraft, NotEditableReason][] = [
        [editOf(1, "x", { side: "admin" }), "not_yours"],
        [editOf(2, "x"), "not_yours"],
        [editOf(2, "x", { side: "admin", by: ben }), "not_yours"],
        [editOf(2, "x", { side: "admin" }), "not_yours"],
        [editOf(3, "x", { side: "admin", by: ana }), "not_yours"],
        [editOf(4, "x", { side: "admin", by: ana }), "not_yours"],
        [editOf(5, "open", { side: "admin" }), "not_text"],
        [editOf(6, "x"), "missing"],
        [editOf(2_000_000_000, "x"), "missing"],
        [editOf(1, "x", { at: morning + editableMs }), "too_late"],
        [deletionOf(1, { at: morning + editableMs }), "too_late"],
        [{ ...editOf(1, "x"), ...malloryAtAsha }, "missing"],
      ];
      for (const [edit, reason] of refused) {
        await assert.rejects(store.appendMessage({ ...edit, client_id: "free" }), because(reason), reason);
      }
      const together = await Promise.allSettled(refused.map(([edit]) => store.appendMessage(edit)));
      assert(together.every((one) => one.status === "rejected" && one.reason instanceof NotEditable));
      assert.deepEqual([await store.room(veraAtAsha), await store.messagesAfter(veraAtAsha, 0, 20)], before);
      assert.equal(await store.room(malloryAtAsha), undefined, "no room was made");
      const last = editOf(1, "in time", { at: morning + editableMs - 1, client_id: "free" });
      assert.equal((await store.appendMessage(last)).message.seq, 6);
    },
  );

  contractTest("an edit under a known id is answered as before, whatever is so by then", async (store) => {
    await send(store, veraAtAsha, "alpha");
    const edit = editOf(1, "bravo", { client_id: "e1" });
    assert.equal((await store.appendMessage(edit)).fresh, true);
    await store.appendMessage(deletionOf(1));
    const again = await store.appendMessage({ ...edit, at: morning + 2 * editableMs });
    assert.deepEqual([again.fresh, again.message.seq, (await store.room(veraAtAsha))?.head], [false, 2, 3]);
    assert.deepEqual(await contentsOf(store), ["", "", ""]);
  });

  contractTest(
    "of 64 edits and a deletion at once each is whole, and nothing follows the deletion",
    async (store) => {
      await send(store, veraAtAsha, "alpha");
      const all = await Promise.allSettled(
        numbers(65).map((n) => store.appendMessage(n === 40 ? deletionOf(1) : editOf(1, `edit ${n}`))),
      );
      const done = all.flatMap((one) => one.status === "fulfilled" ? [one.value] : []) as Appended[];
      const messages = await store.messagesAfter(veraAtAsha, 0, 200);
      assert.equal(messages.length, done.length + 1);
      assert.deepEqual(messages.map(({ seq }) => seq), numbers(messages.length));
      assert.deepEqual([messages[0]!.content, messages[0]!.deleted, messages[0]!.edited], ["", true, 41]);
      assert.equal(messages.at(-1)!.edit!.deleted, true);
      assert(messages.every(({ content }) => content === ""));
      assert.deepEqual(
        all.slice(40).map((one) => one.status === "rejected" && one.reason.reason),
        numbers(25).map(() => "deleted"),
      );
      assert.deepEqual(await found(store, "edit"), []);
    },
  );

  contractTest("of 64 edits at once the last one's text is the text", async (store) => {
    await send(store, veraAtAsha, "alpha");
    await Promise.all(
      numbers(64).map((n) => store.appendMessage(editOf(1, `edit ${n}`, { client_id: `${n}` }))),
    );
    const messages = await store.messagesAfter(veraAtAsha, 0, 200);
    assert.deepEqual([messages[0]!.content, messages[0]!.edited], ["edit 64", 65]);
    assert.deepEqual(messages.slice(1, -1).map(({ content }) => content), numbers(63).map(() => ""));
    assert.deepEqual([await found(store, "edit 64"), await found(store, "edit 63")], [[1], []]);
  });

  contractTest(
    "an edit is nothing unread for who had read everything, keeps the status, and marks nothing as read",
    async (store) => {
      await send(store, veraAtAsha, "one", "two");
      await store.markRead(veraAtAsha, "admin", 2);
      await store.appendMessage(draft(veraAtAsha, "resolved", { side: "admin", kind: "status" }));
      const { room, statusChanged } = await store.appendMessage(editOf(1, "uno"));
      assert.deepEqual([room.status, statusChanged], ["resolved", false]);
      assert.deepEqual(room.read, { admin: 4, visitor: 2 });
      assert.equal((await store.roomCounts("asha")).unread, 0);
      await send(store, veraAtAsha, "three");
      await store.appendMessage(editOf(5, "tres"));
      assert.deepEqual((await store.room(veraAtAsha))!.read, { admin: 4, visitor: 6 });
    },
  );

  contractTest("a copy of edited messages is as they are, and edits nothing again", async (store) => {
    const at = morning + 5_000;
    const copied = (content: string, rest: Partial<MessageDraft>) =>
      draft(veraAtAsha, content, { at, ...rest });
    await store.appendMessage(copied("", { copied: { edited: 2, deleted: true } }));
    await store.appendMessage(copied("", { kind: "edit", edit: { seq: 1, deleted: true }, copied: {} }));
    await store.appendMessage(copied("older", { at: morning, copied: {} }));
    const [first, second, third] = await store.messagesAfter(veraAtAsha, 0, 10);
    assert.deepEqual([first!.deleted, first!.edited, second!.edit], [true, 2, { seq: 1, deleted: true }]);
    assert.deepEqual([first!.created > third!.created, third!.content], [true, "older"]);
    const room = await store.room(veraAtAsha);
    assert.deepEqual([room!.read, room!.active], [{ admin: 0, visitor: 0 }, at]);
  });

  contractTest("with the room go the words of its edited texts", async (store) => {
    await send(store, veraAtAsha, "quetzal");
    await store.appendMessage(editOf(1, "pelican"));
    await store.forgetVisitor(veraAtAsha);
    await send(store, veraAtAsha, "back");
    assert.deepEqual([await found(store, "quetzal"), await found(store, "pelican")], [[], []]);
    await assert.rejects(store.appendMessage(editOf(2, "x")), because("missing"));
  });
}

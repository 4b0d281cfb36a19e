import assert from "node:assert/strict";
import fc from "fast-check";
import { Overtaken, WrongStatus } from "../../../db/errors.ts";
import { maxUnseen } from "../../../db/append_condition.ts";
import type { MessageBy } from "../../../protocol/records.ts";
import type { Appended, MessageDraft, RoomKey, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, sendMany, veraAtAsha, victorAtAsha } from "./fixtures.ts";

/** An answer by an agent, the bot or the admin account. */
function answer(key: RoomKey, by: MessageBy | undefined, rest: Partial<MessageDraft> = {}): MessageDraft {
  return draft(key, `from ${typeof by === "object" ? by.id : by}`, { side: "admin", by, ...rest });
}

const agent = (id: string): MessageBy => ({ id, name: `Agent ${id}` });
const [ana, ben] = [agent("ana"), agent("ben")];

const appendAll = (store: Store, drafts: MessageDraft[]) =>
  Promise.allSettled(drafts.map((one) => store.appendMessage(one)));

const won = (all: PromiseSettledResult<Appended>[]) =>
  all.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
const reasons = (all: PromiseSettledResult<Appended>[]) =>
  all.flatMap((one) => one.status === "rejected" ? [one.reason] : []);

/** Everything stored for an admin that an append could change. */
async function everything(store: Store, key: RoomKey) {
  const list = (filter: "all" | "open" | "resolved" | "unread") =>
    store.rooms(key.admin, { limit: 50, filter, messages: 20 });
  return {
    room: await store.room(key),
    messages: await store.messagesAfter(key, 0, 200),
    counts: await store.roomCounts(key.admin),
    lists: [await list("all"), await list("open"), await list("resolved"), await list("unread")],
  };
}

async function leavesNoTrace(store: Store, key: RoomKey, refused: () => Promise<void>): Promise<void> {
  const before = await everything(store, key);
  await refused();
  assert.deepEqual(await everything(store, key), before);
}

export function conditions(contractTest: ContractTest): void {
  contractTest(
    "of 64 agents who answer the same question at once, one is first and the others are told",
    async (store) => {
      await send(store, veraAtAsha, "anybody there?");
      const all = await appendAll(
        store,
        numbers(64).map((n) => answer(veraAtAsha, agent(`a${n}`), { onlyIf: { noOtherAfter: 1 } })),
      );
      assert.deepEqual(won(all).map(({ message }) => message.seq), [2]);
      assert.equal(reasons(all).length, 63);
      for (const reason of reasons(all)) {
        assert(reason instanceof Overtaken);
        assert.equal(reason.seq, 2);
      }
      assert.deepEqual((await store.room(veraAtAsha))?.read, { admin: 2, visitor: 1 });
      assert.equal((await store.messagesAfter(veraAtAsha, 0, 100)).length, 2);
    },
  );

  contractTest("of 64 who resolve an open room at once, one does", async (store) => {
    await send(store, veraAtAsha, "hello");
    const all = await appendAll(
      store,
      numbers(64).map((n) =>
        draft(veraAtAsha, "resolved", {
          ...{ side: "admin", kind: "status", by: agent(`a${n}`), client_id: `${n}` },
          onlyIf: { status: ["open"] },
        })
      ),
    );
    assert.deepEqual(won(all).map(({ message, statusChanged }) => [message.seq, statusChanged]), [[2, true]]);
    for (const reason of reasons(all)) {
      assert(reason instanceof WrongStatus);
      assert.equal(reason.status, "resolved");
    }
    assert.deepEqual(await store.roomCounts("asha"), { open: 0, resolved: 1, unread: 0 });
  });

  contractTest("of 64 writers each writes as often as its own condition allows", async (store) => {
    await send(store, veraAtAsha, "hello");
    // Authors in turn: the visitor, ana, ben, the admin account.
    const writers = [undefined, ana, ben, undefined];
    const all = await appendAll(
      store,
      numbers(64).map((n) =>
        n % 4 === 0
          ? draft(veraAtAsha, `question ${n}`)
          : answer(veraAtAsha, writers[n % 4], { onlyIf: { noOtherAfter: 1 } })
      ),
    );
    const contents = won(all).map(({ message: { content } }) => content);
    assert.equal(contents.length, 32, "the first of the three, and every visitor's");
    assert.deepEqual([...new Set(contents.filter((content) => content.startsWith("from")))], ["from ana"]);
    const seqs = won(all).map(({ message }) => message.seq);
    assert.deepEqual(seqs, numbers(32).map((n) => n + 1), "no seq is used up by a refusal");
  });

  contractTest(
    "the visitor's texts, statuses and one's own texts overtake nobody; the bot and a colleague do",
    async (store) => {
      await send(store, veraAtAsha, "hello");
      const onlyIf = { noOtherAfter: 1 };
      await store.appendMessage(answer(veraAtAsha, ana));
      await send(store, veraAtAsha, "and another thing");
      await store.appendMessage(draft(veraAtAsha, "resolved", { side: "admin", kind: "status", by: ben }));
      assert.equal((await store.appendMessage(answer(veraAtAsha, ana, { onlyIf }))).message.seq, 5);
      const overtaken = (error: unknown) => error instanceof Overtaken && error.seq === 5;
      for (const by of [ben, "bot", undefined] as const) {
        await assert.rejects(store.appendMessage(answer(veraAtAsha, by, { onlyIf })), overtaken);
      }
      await store.appendMessage(answer(veraAtAsha, "bot", { onlyIf: { noOtherAfter: 5 } }));
      await assert.rejects(
        store.appendMessage(answer(veraAtAsha, ana, { onlyIf: { noOtherAfter: 5 } })),
        (error) => error instanceof Overtaken && error.seq === 6,
      );
      await store.appendMessage(answer(veraAtAsha, undefined));
      await store.appendMessage(answer(veraAtAsha, undefined, { onlyIf: { noOtherAfter: 6 } }));
      await assert.rejects(
        store.appendMessage(answer(veraAtAsha, "bot", { onlyIf: { noOtherAfter: 6 } })),
        Overtaken,
      );
    },
  );

  contractTest(
    "a seq beyond the newest holds, and so does any in a room that is not there",
    async (store) => {
      for (const noOtherAfter of [0, 1, 1_000, Number.MAX_SAFE_INTEGER]) {
        const key = { admin: "asha", consumer: `c${noOtherAfter}` };
        const { opened } = await store.appendMessage(answer(key, ana, { onlyIf: { noOtherAfter } }));
        assert.equal(opened, true);
      }
      await store.appendMessage(answer(victorAtAsha, ana));
      await store.appendMessage(
        answer(victorAtAsha, ben, { onlyIf: { noOtherAfter: Number.MAX_SAFE_INTEGER } }),
      );
      assert.equal((await store.room(victorAtAsha))?.head, 2);
    },
  );

  contractTest(
    "whoever has not seen the newest 500 messages counts as overtaken, whoever wrote them",
    async (store) => {
      await sendMany(store, veraAtAsha, maxUnseen);
      await store.appendMessage(answer(veraAtAsha, ana, { onlyIf: { noOtherAfter: 0 } }));
      await assert.rejects(
        store.appendMessage(answer(veraAtAsha, ana, { onlyIf: { noOtherAfter: 0 } })),
        (error) => error instanceof Overtaken && error.seq === maxUnseen + 1,
      );
      await store.appendMessage(answer(veraAtAsha, ana, { onlyIf: { noOtherAfter: 1 } }));
    },
  );

  contractTest(
    "what is refused leaves no trace: no message, seq, id, mark, count, nor place in a list",
    async (store) => {
      await send(store, veraAtAsha, "hello");
      await send(store, victorAtAsha, "hello");
      await store.appendMessage(answer(veraAtAsha, ana));
      await send(store, veraAtAsha, "thanks");
      const refused: MessageDraft[] = [
        answer(veraAtAsha, ben, { onlyIf: { noOtherAfter: 1 }, client_id: "late", at: morning + 9_000 }),
        answer(veraAtAsha, ben, { onlyIf: { status: ["resolved"] }, client_id: "late", at: morning + 9_000 }),
        answer(veraAtAsha, ben, { onlyIf: { status: [] }, at: morning + 9_000 }),
        answer(veraAtAsha, ben, { onlyIf: { status: ["open"], noOtherAfter: 1 }, at: morning + 9_000 }),
        draft(veraAtAsha, "a press", { onlyIf: { status: ["resolved"] }, at: morning + 9_000 }),
        draft(veraAtAsha, "resolved", {
          ...{ side: "admin", kind: "status", by: ben, at: morning + 9_000 },
          onlyIf: { noOtherAfter: 1 },
        }),
      ];
      await leavesNoTrace(store, veraAtAsha, async () => {
        for (const one of refused) await assert.rejects(store.appendMessage(one), isRefusal);
        assert(reasons(await appendAll(store, refused)).every(isRefusal));
      });
      const sent = await store.appendMessage(answer(veraAtAsha, ben, { client_id: "late" }));
      assert.deepEqual([sent.fresh, sent.message.seq], [true, 4], "the refused id is free");
    },
  );

  contractTest(
    "a condition on the status makes no room: there is none, and none of a visitor who was erased",
    async (store) => {
      const onlyIf = { status: ["open", "resolved"] as const };
      await send(store, victorAtAsha, "hello");
      const bots = () => numbers(8).map(() => answer(veraAtAsha, "bot", { onlyIf }));
      await leavesNoTrace(store, veraAtAsha, async () => {
        const all = await appendAll(store, bots());
        for (const reason of reasons(all)) {
          assert(reason instanceof WrongStatus);
          assert.equal(reason.status, undefined);
        }
        assert.equal(reasons(all).length, 8);
      });
      await send(store, veraAtAsha, "hello");
      await store.forgetVisitor(veraAtAsha);
      await assert.rejects(store.appendMessage(bots()[0]!), WrongStatus);
      assert.equal(await store.room(veraAtAsha), undefined);
      const all = await appendAll(store, [bots()[0]!, draft(veraAtAsha, "I am back"), bots()[0]!]);
      assert.deepEqual(all.map(({ status }) => status), ["rejected", "fulfilled", "fulfilled"]);
      assert.deepEqual(won(all).map(({ message, opened }) => [message.seq, opened]), [[1, true], [2, false]]);
    },
  );

  contractTest(
    "conditions are judged at their turn among what is written at once, in the order of the calls",
    async (store) => {
      await send(store, veraAtAsha, "hello");
      const open = { onlyIf: { status: ["open"] } } as const,
        resolved = { onlyIf: { status: ["resolved"] } } as const;
      const status = (content: string, rest: Partial<MessageDraft>) =>
        draft(veraAtAsha, content, { side: "admin", kind: "status", ...rest });
      const all = await appendAll(store, [
        answer(veraAtAsha, ana, open), // 2
        answer(veraAtAsha, ben, { onlyIf: { noOtherAfter: 1 } }), // overtaken by 2
        answer(victorAtAsha, ben, { onlyIf: { noOtherAfter: 0 } }), // another room
        answer(veraAtAsha, ana, { onlyIf: { noOtherAfter: 1 } }), // 3
        answer(veraAtAsha, ben, { onlyIf: { noOtherAfter: 3 } }), // 4
        answer(veraAtAsha, "bot", resolved), // still open
        status("resolved", open), // 5
        status("resolved", open), // resolved already
        answer(veraAtAsha, "bot", { onlyIf: { status: ["resolved"], noOtherAfter: 4 } }), // 6
        draft(veraAtAsha, "one more thing"), // 7: opens it
        answer(veraAtAsha, "bot", resolved), // open again
        answer(veraAtAsha, ben, { onlyIf: { status: ["open"], noOtherAfter: 6 } }), // 8
      ]);
      const outcome = (one: PromiseSettledResult<Appended>) =>
        one.status === "fulfilled" ? one.value.message.seq : one.reason.name;
      assert.deepEqual(all.map(outcome), [
        ...[2, "Overtaken", 1, 3, 4, "WrongStatus"],
        ...[5, "WrongStatus", 6, 7, "WrongStatus", 8],
      ]);
      const seqs = (await store.messagesAfter(veraAtAsha, 0, 100)).map(({ seq }) => seq);
      assert.deepEqual(seqs, numbers(8));
    },
  );

  contractTest(
    "a repeat is answered with what is stored, also when its condition holds no more",
    async (store, opened) => {
      await send(store, veraAtAsha, "hello");
      const first = answer(veraAtAsha, ana, {
        ...{ client_id: "one", extra: { type: "answer", helpful: true } },
        onlyIf: { status: ["open"], noOtherAfter: 1 },
      });
      const { message } = await store.appendMessage(first);
      await store.appendMessage(answer(veraAtAsha, ben));
      await store.appendMessage(draft(veraAtAsha, "resolved", { side: "admin", kind: "status" }));
      for (const isReopened of [false, true]) {
        const at = isReopened ? await opened.reopen() : store;
        const all = await Promise.all(numbers(64).map(() => at.appendMessage(first)));
        for (const again of all) assert.deepEqual([again.fresh, again.message], [false, message]);
        assert.equal((await at.room(veraAtAsha))?.head, 4);
        await assert.rejects(at.appendMessage({ ...first, client_id: "two" }), WrongStatus);
      }
    },
  );

  contractTest(
    "of 64 tries of one conditional write at once, each is answered with the one that was stored",
    async (store) => {
      await send(store, veraAtAsha, "hello");
      const tries = numbers(64).map(() =>
        answer(veraAtAsha, "bot", { client_id: "bot:1:1", onlyIf: { status: ["open"], noOtherAfter: 1 } })
      );
      const all = await Promise.all(tries.map((one) => store.appendMessage(one)));
      assert.equal(all.filter(({ fresh }) => fresh).length, 1);
      for (const { message } of all) assert.deepEqual(message, all[0]!.message);
      assert.equal((await store.room(veraAtAsha))?.head, 2);
    },
  );

  contractTest(
    "any appends with and without conditions, in groups at once, end as if made one after the other",
    async (store) => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(someDraft, { maxLength: 14 }), { maxLength: 5 }),
          async (groups) => {
            const key = { admin: "asha", consumer: `c${++run}` };
            const model = new Model();
            for (const group of groups) {
              const all = await appendAll(store, group.map((one) => ({ ...key, at: morning, ...one })));
              const expected = group.map((one) => model.take(one));
              const outcomes = all.map((one) =>
                one.status === "fulfilled" ? one.value.message.seq : one.reason.name
              );
              assert.deepEqual(outcomes, expected);
            }
            assert.equal((await store.room(key))?.head ?? 0, model.head);
            assert.equal((await store.messagesAfter(key, 0, 100)).length, model.head);
          },
        ),
        { numRuns: 40 },
      );
    },
  );
}

const isRefusal = (error: unknown) => error instanceof Overtaken || error instanceof WrongStatus;

type SomeDraft = Omit<MessageDraft, "admin" | "consumer" | "at">;

const someCondition = fc.option(
  fc.record({
    status: fc.constantFrom("open" as const, "resolved" as const).map((one) => [one]),
    noOtherAfter: fc.integer({ min: 0, max: 8 }),
  }, { requiredKeys: [] }),
  { nil: undefined },
);
const someDraft: fc.Arbitrary<SomeDraft> = fc.oneof(
  fc.record({
    ...{ side: fc.constantFrom("admin" as const, "visitor" as const), kind: fc.constant("text" as const) },
    content: fc.constant("words"),
    by: fc.constantFrom(undefined, ana, ben, "bot" as const),
    client_id: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
    onlyIf: someCondition,
  }).map((one) => one.side === "visitor" ? { ...one, by: undefined } : one),
  fc.record({
    ...{ side: fc.constant("admin" as const), kind: fc.constant("status" as const) },
    ...{ content: fc.constantFrom("open", "resolved"), onlyIf: someCondition },
  }),
);

/** Model of a room whose writes are applied one at a time. Returns the seq, or the name of the error. */
class Model {
  head = 0;
  #status: string | undefined;
  #known = new Map<string, number>();
  #answers: { seq: number; by: string | undefined }[] = [];

  take({ side, kind, content, by, client_id, onlyIf }: SomeDraft): number | string {
    const id = client_id === undefined ? undefined : `${side} ${client_id}`;
    const known = id === undefined ? undefined : this.#known.get(id);
    if (known !== undefined) return known;
    if (onlyIf?.status && !onlyIf.status.some((one) => one === this.#status)) return "WrongStatus";
    const writer = typeof by === "object" ? by.id : by, seen = onlyIf?.noOtherAfter;
    if (seen !== undefined && this.#answers.some((one) => one.seq > seen && one.by !== writer)) {
      return "Overtaken";
    }
    const seq = ++this.head;
    if (id !== undefined) this.#known.set(id, seq);
    if (side === "admin" && kind === "text") this.#answers.push({ seq, by: writer });
    if (kind === "status") this.#status = content;
    else if (side === "visitor" || this.#status === undefined) this.#status = "open";
    return seq;
  }
}

import assert from "node:assert/strict";
import type { AgentRef, Message, MessageExtra } from "../../../protocol/records.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import type { MessageDraft, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha } from "./fixtures.ts";

const ana: AgentRef = { id: "a1", name: 'Ana 漢 \u0001"\\', avatar_url: "https://a.example/ana.png" };
const buttons: MessageExtra = {
  type: "buttons",
  buttons: [{ id: "1", label: "Track my order 📦" }, { id: '{"by":"bot"}', label: "'; DROP TABLE messages" }],
};
/** One message with each optional detail, and one without any. */
const drafts: MessageDraft[] = [
  draft(veraAtAsha, "needle one", { side: "admin", by: ana, client_id: "one" }),
  draft(veraAtAsha, "needle two", { side: "admin", by: "bot", extra: buttons }),
  draft(veraAtAsha, "needle three", { reply: { seq: 2, button: "1" } }),
  draft(veraAtAsha, "needle four", { side: "admin" }),
  draft(veraAtAsha, "needle five", {
    ...{ side: "admin", by: { id: "b2" }, reply: { seq: 1, button: "x" } },
    extra: {
      type: "answer",
      answer: "faq",
      sources: [{ n: 1, title: "Parcels", url: "https://a.example/" }],
    },
  }),
  draft(veraAtAsha, "resolved", { side: "admin", kind: "status", by: ana }),
];

const carried = ({ by, extra, reply }: Pick<Message, "by" | "extra" | "reply">) => ({ by, extra, reply });
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

async function write(store: Store): Promise<Message[]> {
  const messages: Message[] = [];
  for (const one of drafts) messages.push((await store.appendMessage(one)).message);
  return messages;
}

export function details(contractTest: ContractTest): void {
  contractTest(
    "what a message carries comes back in the answer, pages, lists, a search, a repeat, after a restart",
    async (store, opened) => {
      const messages = await write(store);
      assert.deepEqual(messages.map(carried), drafts.map(carried));
      const four = messages[3]!;
      for (const field of ["by", "extra", "reply", "details"]) {
        assert(
          !(field in four),
          "nothing where there was nothing",
        );
      }
      for (const isReopened of [false, true]) {
        const at = isReopened ? await opened.reopen() : store;
        assert.deepEqual(await at.messagesAfter(veraAtAsha, 0, 10), messages);
        assert.deepEqual(await at.messagesBefore(veraAtAsha, undefined, 10), messages);
        assert.deepEqual(await at.messagesBefore(veraAtAsha, undefined, 10, "status"), [messages[5]]);
        const { rooms } = await at.rooms("asha", { limit: 1, filter: "all", messages: 10 });
        assert.deepEqual(rooms[0]!.messages, messages);
        const { found } = await at.searchMessages("asha", { phrases: parsePhrases("needle"), limit: 10 });
        assert.deepEqual(found.map(({ message }) => message).reverse(), messages.slice(0, 5));
        const again = await at.appendMessage({ ...drafts[0]!, by: "bot", extra: buttons });
        assert.deepEqual([again.fresh, again.message], [false, messages[0]]);
      }
    },
  );

  contractTest(
    "of an agent its public id, name and picture are kept, whatever else a caller holds of it",
    async (store) => {
      const whole = { ...ana, username: "asha-signs-in", role: "owner", email: "ana@example.com" };
      const { message } = await store.appendMessage(
        draft(veraAtAsha, "hi", { side: "admin", by: whole }),
      );
      assert.deepEqual(message.by, ana);
      const stored = await store.messagesAfter(veraAtAsha, 0, 1);
      assert(!JSON.stringify(stored).includes("asha-signs-in"));
    },
  );

  contractTest("what messages carry counts for the bytes of a page and of a list", async (store) => {
    const label = "語".repeat(40);
    const extra: MessageExtra = {
      type: "buttons",
      buttons: numbers(6).map((n) => ({ id: `${n}`.repeat(64), label })),
    };
    await Promise.all(
      numbers(120).map((n) =>
        store.appendMessage(
          draft(veraAtAsha, "short", { side: "admin", at: morning + n, ...n % 3 ? { extra, by: ana } : {} }),
        )
      ),
    );
    for (const budget of [1, 5_000, 40_000, 254 * 1024]) {
      const all: number[] = [];
      for (
        let page;
        (page = await store.messagesAfter(veraAtAsha, all.at(-1) ?? 0, 100, budget)).length > 0;
      ) {
        assert.ok(page.length === 1 || bytesOf(page) <= budget + 2, `${bytesOf(page)} of ${budget}`);
        const next = await store.messagesAfter(veraAtAsha, page.at(-1)!.seq, 1);
        // For short messages an upper bound is counted.
        const spare = 50 * (page.length + 1);
        const isFull = page.length === 100 || next.length === 0 ||
          bytesOf([...page, ...next]) + spare > budget;
        assert.ok(isFull, `${page.length} messages take ${bytesOf(page)} of ${budget}`);
        all.push(...page.map(({ seq }) => seq));
      }
      assert.deepEqual(all, numbers(120));
      const newest = await store.messagesBefore(veraAtAsha, undefined, 100, undefined, budget);
      assert.ok(newest.length === 1 || bytesOf(newest) <= budget + 2);
      assert.equal(newest.at(-1)!.seq, 120);
      const query = { limit: 1, filter: "all", messages: 20, roomBytes: budget } as const;
      const [room] = (await store.rooms("asha", query)).rooms;
      assert.ok(room!.messages.length === 1 || bytesOf(room!.messages) <= budget + 2);
    }
  });

  contractTest(
    "more than a message may carry is refused, alone among what is written at once",
    async (store) => {
      const filling = (title: string): MessageExtra => ({
        type: "answer",
        sources: numbers(4).map((n) => ({ n, title, url: `https://a.example/${n}` })),
      });
      const [first, tooMuch, most] = await Promise.allSettled(
        ["one", "語".repeat(700), "x".repeat(1_900)].map((title) =>
          store.appendMessage(draft(veraAtAsha, "hi", { side: "admin", by: "bot", extra: filling(title) }))
        ),
      );
      assert(tooMuch!.status === "rejected" && tooMuch!.reason instanceof RangeError);
      assert(first!.status === "fulfilled" && most!.status === "fulfilled");
      const messages = await store.messagesAfter(veraAtAsha, 0, 10);
      assert.deepEqual(messages, [first!.value.message, most!.value.message]);
    },
  );

  contractTest("with the room goes what its messages carry", async (store) => {
    await write(store);
    await store.forgetVisitor(veraAtAsha);
    await send(store, veraAtAsha, "back again");
    const [message, ...more] = await store.messagesAfter(veraAtAsha, 0, 10);
    assert.deepEqual([carried(message!), more], [{ by: undefined, extra: undefined, reply: undefined }, []]);
  });
}

import assert from "node:assert/strict";
import { Outbox, type PendingMessage } from "../../../web/client/outbox.ts";
import type { KeyValueStorage } from "../../../web/client/key_value_storage.ts";
import { unless } from "../../harness/test_unless.ts";

/** Shared localStorage of a site's tabs: each tab receives events for writes by the others. */
class Site {
  texts = new Map<string, string>();
  #tabs = new Set<(key: string, value: string | undefined) => void>();

  tab(): KeyValueStorage {
    let own: ((key: string, value: string | undefined) => void) | undefined;
    const tell = (key: string, value?: string) => {
      for (const tab of this.#tabs) if (tab !== own) tab(key, value);
    };
    return {
      entries: () => [...this.texts],
      put: (key, value, kept) => (this.texts.set(key, value), tell(key, value), kept?.()),
      drop: (key) => (this.texts.delete(key), tell(key)),
      watch: (changed) => {
        this.#tabs.add(own = changed);
        return () => this.#tabs.delete(changed);
      },
    };
  }
}

const turns = () => new Promise((done) => setTimeout(done, 5));
const contents = (pending: PendingMessage[]) => pending.map(({ content }) => content);

/** Needs the Web Locks API: browsers and current Deno have it, Deno 2.5 does not. */
function testWithLocks(name: string, fn: () => Promise<void>): void {
  Deno.test({ ...unless(!("locks" in navigator) && "Deno 2.5 has no locks", name), fn });
}

Deno.test("a message is stored before anybody could send it", () => {
  const site = new Site();
  const outbox = new Outbox(site.tab(), () => {});
  const message = outbox.add("hello");
  assert.equal(outbox.next(), undefined, "its turn is still being taken");
  assert.equal(JSON.parse(site.texts.get(message.client_id)!).content, "hello");
  outbox.close();
});

Deno.test("a message is marked as kept once the storage has it, and not before", async () => {
  const has: (() => void)[] = [];
  const storage = {
    ...new Site().tab(),
    put: (_key: string, _value: string, kept?: () => void) => void has.push(kept!),
  };
  const outbox = new Outbox(storage, () => {});
  const { client_id } = outbox.add("hello");
  await turns();
  assert.deepEqual(outbox.pending.map(({ kept }) => kept), [false]);
  has[0]!();
  assert.deepEqual(outbox.pending.map(({ kept }) => kept), [true]);
  outbox.refuse(client_id, "too_long");
  outbox.settle(client_id);
  has[1]!();
  assert.deepEqual(outbox.pending, [], "a late word of the storage brings nothing back");
  outbox.close();
});

Deno.test("messages leave in the order they were written, whatever becomes of the first", async () => {
  const outbox = new Outbox(new Site().tab(), () => {});
  const [one, two, three] = ["one", "two", "three"].map((content) => outbox.add(content));
  await turns();
  assert.equal(outbox.next()?.content, "one");
  outbox.refuse(one!.client_id, "too_long");
  assert.equal(outbox.next()?.content, "two");
  outbox.settle(two!.client_id);
  assert.equal(outbox.next()?.content, "three");
  outbox.retry(one!.client_id);
  assert.equal(outbox.next()?.content, "one", "a refused message may be tried again");
  assert.deepEqual(contents(outbox.pending), ["one", "three"]);
  assert.equal(three!.refused, undefined);
  outbox.close();
});

Deno.test("of two tabs only the one that wrote sends, and both show the message", async () => {
  const site = new Site();
  const here = new Outbox(site.tab(), () => {}), there = new Outbox(site.tab(), () => {});
  const message = here.add("hello");
  await turns();
  assert.deepEqual(contents(there.pending), ["hello"]);
  assert.equal(here.next()?.client_id, message.client_id);
  assert.equal(there.next(), undefined);
  here.settle(message.client_id);
  await turns();
  assert.deepEqual([there.pending, [...site.texts]], [[], []]);
  here.close();
  there.close();
});

testWithLocks("a tab that goes away leaves its messages to another one, under the same id", async () => {
  const site = new Site();
  const here = new Outbox(site.tab(), () => {}), there = new Outbox(site.tab(), () => {});
  const message = here.add("hello");
  await turns();
  here.close();
  await turns();
  assert.equal(there.next()?.client_id, message.client_id);
  there.close();
});

testWithLocks("a tab opened later takes up what one that was closed had not sent", async () => {
  const site = new Site();
  const before = new Outbox(site.tab(), () => {});
  const message = before.add("hello");
  before.close();
  const after = new Outbox(site.tab(), () => {});
  await turns();
  assert.equal(after.next()?.client_id, message.client_id);
  after.close();
});

testWithLocks(
  "of the messages a tab left behind none overtakes one that another tab is sending",
  async () => {
    const site = new Site();
    const before = new Outbox(site.tab(), () => {});
    const [one, two] = ["one", "two"].map((content) => before.add(content));
    const sent = Promise.withResolvers<void>();
    await turns();
    // Another tab waits for the first one's lock and acquires it.
    const other = navigator.locks.request(`parlor:${one!.client_id}`, () => sent.promise);
    const here = new Outbox(site.tab(), () => {});
    await turns();
    before.close();
    await turns();
    assert.equal(here.next(), undefined, "the second waits for the first");
    const mine = here.add("mine");
    await turns();
    assert.equal(here.next()?.client_id, mine.client_id, "which is no reason for others to wait");
    here.settle(mine.client_id);
    here.settle(one!.client_id);
    assert.equal(here.next()?.client_id, two!.client_id);
    here.close();
    sent.resolve();
    await other;
  },
);

Deno.test("a message of the day before yesterday waits to be asked for", async () => {
  const site = new Site();
  const old = { content: "are you there?", at: Date.now() - 25 * 3_600_000 };
  site.texts.set("0190-old", JSON.stringify(old));
  const outbox = new Outbox(site.tab(), () => {});
  await turns();
  assert.equal(outbox.next(), undefined);
  assert.equal(outbox.pending[0]?.refused, "expired");
  outbox.retry("0190-old");
  await turns();
  assert.equal(outbox.next()?.content, "are you there?");
  outbox.close();
});

Deno.test("a pressed button is kept over a reload, and its label alone is sent once it was refused", async () => {
  const site = new Site(), reply = { seq: 2, button: "person" };
  const before = new Outbox(site.tab(), () => {});
  const { client_id } = before.add("Talk to a person", { reply });
  before.close();
  const outbox = new Outbox(site.tab(), () => {});
  await turns();
  assert.deepEqual(outbox.pending[0]?.reply, reply);
  outbox.refuse(client_id, "invalid_input");
  outbox.retry(client_id);
  const [again] = outbox.pending;
  assert.deepEqual([again?.content, again?.reply], ["Talk to a person", undefined]);
  outbox.close();
});

Deno.test("a button in the storage that is none is ignored", async () => {
  const site = new Site(), at = Date.now();
  for (const [i, reply] of [null, 5, "x", [], { seq: "1", button: "a" }, { seq: 1 }].entries()) {
    site.texts.set(`${i}`, JSON.stringify({ content: "hello", at, reply }));
  }
  const outbox = new Outbox(site.tab(), () => {});
  await turns();
  assert.deepEqual(outbox.pending.map(({ reply }) => reply), Array(6).fill(undefined));
  outbox.close();
});

Deno.test("text in the storage that is no message is ignored", () => {
  const site = new Site();
  for (const [i, text] of ["", "{", "null", "[]", '{"content":5,"at":1}', '"x"'].entries()) {
    site.texts.set(`${i}`, text);
  }
  const outbox = new Outbox(site.tab(), () => {});
  assert.deepEqual(outbox.pending, []);
  outbox.close();
});

import assert from "node:assert/strict";
import { maxContentLength } from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/records.ts";
import { Connect, type ConnectOptions } from "../../../web/client/connect.ts";
import type { LinkState } from "../../../web/client/live_socket.ts";
import { type KeyValueStorage, memoryStorage } from "../../../web/client/key_value_storage.ts";
import { eventually } from "../../harness/eventually.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";
import { Cutter, targetOf } from "../cutter.ts";

/** Records what a client displays. */
class Recorder {
  messages: Message[] = [];
  states: LinkState[] = [];
  waits: number[] = [];
  refused: number[] = [];
  replaced = 0;
  #wake: (() => void)[] = [];

  get contents(): string[] {
    return this.messages.map(({ content }) => content);
  }

  changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async until(test: () => boolean, ms = 10_000): Promise<void> {
    let late = false;
    const timer = setTimeout(() => (late = true, this.changed()), ms);
    while (!test() && !late) await new Promise<void>((wake) => this.#wake.push(wake));
    clearTimeout(timer);
    assert.ok(test(), `still not so after ${ms} ms: ${test}`);
  }
}

const clients: Connect[] = [];

function connect(url: string, more: Partial<ConnectOptions> = {}, consumer?: string): [Connect, Recorder] {
  const seen = new Recorder();
  const and = (act: () => void) => (act(), seen.changed());
  const client = new Connect({
    url,
    storage: memoryStorage(),
    onState: (state) => and(() => seen.states.push(state)),
    onOutbox: () => seen.changed(),
    onWait: (ms) => and(() => seen.waits.push(ms)),
    onRefused: (code) => and(() => seen.refused.push(code)),
    ...more,
  });
  client.follow({
    replace: (messages) => and(() => (seen.replaced++, seen.messages = messages)),
    append: (messages) => and(() => seen.messages = [...seen.messages, ...messages]),
    prepend: (messages) => and(() => seen.messages = [...messages, ...seen.messages]),
    revise: (change) => and(() => seen.messages = seen.messages.map(change)),
  }, consumer);
  client.start();
  clients.push(client);
  return [client, seen];
}

const ws = (address: string) => address.replace("http", "ws");
const chatUrl = (address: string, admin: Admin, consumer: string) =>
  `${ws(address)}/ws/chat/${admin.username}/${consumer}`;
const unlimited = {
  LIMIT_MESSAGES_PER_ROOM: "off",
  LIMIT_MESSAGES_PER_ADDRESS: "off",
  LIMIT_FRAMES_PER_SOCKET: "off",
};

/** Waits until a room contains so many messages. */
async function reached(parlor: Parlor, consumer: string, head: number): Promise<void> {
  const { store } = parlor.running.service.chat;
  while ((await store.room({ admin: "asha", consumer }))?.head !== head) {
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function withService(
  test: (parlor: Parlor, asha: Admin, vera: string, cutter: Cutter) => Promise<void>,
  env: Record<string, string> = unlimited,
): Promise<void> {
  await using parlor = await Parlor.start(env);
  await using cutter = new Cutter(() => targetOf(parlor.address));
  const asha = await parlor.signUp("asha");
  try {
    await test(parlor, asha, crypto.randomUUID(), cutter);
  } finally {
    for (const client of clients.splice(0)) client.stop();
  }
}

// Sockets of the clients may outlive the tests that opened them.
const real = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "vera's message is shown once it is stored, and leaves the outbox",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      const [client, seen] = connect(chatUrl(parlor.address, asha, vera));
      client.write("hello");
      assert.equal(client.pending.length, 1);
      await seen.until(() => seen.messages.length === 1 && client.pending.length === 0);
      assert.deepEqual([seen.contents, seen.messages[0]!.author], [["hello"], vera]);
      assert.deepEqual(seen.states, ["online"]);
    }),
);

Deno.test(
  "what was missed while away is fetched, page by page, until nothing is missing",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const [, seen] = connect(chatUrl(cutter.address, asha, vera));
      await seen.until(() => seen.replaced === 1);
      const inbox = await parlor.inbox(asha);
      cutter.isDown = true;
      cutter.cut();
      await seen.until(() => seen.states.at(-1) === "reconnecting");
      for (let i = 1; i <= 450; i++) {
        inbox.send({
          command: "new_message",
          consumer: vera,
          client_id: `${i}`,
          message: { content: `${i}` },
        });
      }
      await reached(parlor, vera, 450);
      cutter.isDown = false;
      await seen.until(() => seen.messages.length === 450);
      assert.deepEqual(seen.contents, Array.from({ length: 450 }, (_, i) => `${i + 1}`));
      assert.equal(seen.replaced, 1, "what was shown stayed");
    }),
);

Deno.test(
  "over a slow line pages are small enough to come in time",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const inbox = await parlor.inbox(asha);
      const texts = Array.from({ length: 60 }, (_, i) => `${i + 1} ${"long ".repeat(400)}`.trim());
      for (const content of texts) {
        inbox.send({
          command: "new_message",
          consumer: vera,
          client_id: crypto.randomUUID(),
          message: { content },
        });
      }
      await reached(parlor, vera, 60);
      cutter.bytesPerSecond = 20_000;
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      await seen.until(() => seen.replaced === 1, 40_000);
      assert.ok(seen.states.includes("reconnecting"), "a page as large as usual takes too long");
      await eventually(() => {
        client.fetchOlder();
        return seen.messages.length === 60;
      }, { ms: 60_000 });
      assert.deepEqual(seen.contents, texts);
    }),
);

Deno.test("older messages come a page at a time", real, () =>
  withService(async (parlor, asha, vera) => {
    const inbox = await parlor.inbox(asha);
    for (let i = 1; i <= 120; i++) {
      inbox.send({ command: "new_message", consumer: vera, client_id: `${i}`, message: { content: `${i}` } });
    }
    await reached(parlor, vera, 120);
    const [client, seen] = connect(chatUrl(parlor.address, asha, vera));
    await seen.until(() => seen.messages.length === 50);
    client.fetchOlder();
    await seen.until(() => seen.messages.length === 100);
    client.fetchOlder();
    await seen.until(() => seen.messages.length === 120);
    assert.deepEqual(seen.contents, Array.from({ length: 120 }, (_, i) => `${i + 1}`));
  }));

Deno.test(
  "a message whose echo was lost is stored once",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      await seen.until(() => seen.replaced === 1);
      let cuts = 0;
      cutter.onSend = () => cuts++ < 3 ? "after" : undefined;
      client.write("once");
      await seen.until(() => client.pending.length === 0);
      const stored = await parlor.running.service.chat.store.messagesAfter(
        { admin: "asha", consumer: vera },
        0,
        10,
      );
      assert.ok(cuts >= 3);
      assert.deepEqual([stored.length, seen.contents], [1, ["once"]]);
    }),
);

Deno.test(
  "what was written while the service was away arrives once it is back, in order",
  real,
  () =>
    withService(async (_parlor, asha, vera, cutter) => {
      cutter.isDown = true;
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      for (let i = 1; i <= 30; i++) client.write(`${i}`);
      await seen.until(() => seen.states.at(-1) === "reconnecting");
      cutter.isDown = false;
      await seen.until(() => client.pending.length === 0, 20_000);
      assert.deepEqual(seen.contents, Array.from({ length: 30 }, (_, i) => `${i + 1}`));
    }),
);

Deno.test(
  "a tab closed while sending delivers when it comes back",
  real,
  () =>
    withService(async (_parlor, asha, vera, cutter) => {
      const kept: KeyValueStorage = memoryStorage();
      cutter.isDown = true;
      const [before] = connect(chatUrl(cutter.address, asha, vera), { storage: kept });
      before.write("do not lose me");
      before.stop();
      cutter.isDown = false;
      const [after, seen] = connect(chatUrl(cutter.address, asha, vera), { storage: kept });
      await seen.until(() => after.pending.length === 0 && seen.messages.length === 1);
      assert.deepEqual(seen.contents, ["do not lose me"]);
    }),
);

Deno.test(
  "a connection that dies without a word is noticed within 5 s of writing",
  real,
  () =>
    withService(async (_parlor, asha, vera, cutter) => {
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      await seen.until(() => seen.replaced === 1);
      cutter.stall();
      const began = performance.now();
      client.write("is anybody there?");
      await seen.until(() => seen.states.at(-1) === "reconnecting", 6_000);
      assert.ok(performance.now() - began < 5_500);
      cutter.unstall();
      await seen.until(() => client.pending.length === 0);
    }),
);

Deno.test(
  "a read mark that a cut took along, or that was made during one, is told once it is over",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const read = async () =>
        (await parlor.running.service.chat.store.room({ admin: "asha", consumer: vera }))?.read.admin;
      const bearer = { subscribe: true, token: () => Promise.resolve(asha.token) };
      const [client, seen] = connect(`${ws(cutter.address)}/ws/room/asha`, bearer, vera);
      const visitor = await parlor.chat(asha, vera);
      for (const text of ["one", "two"]) await visitor.say(text);
      await seen.until(() => seen.messages.length === 2);
      cutter.onSend = () => "before";
      client.markRead(1, vera);
      await seen.until(() => seen.states.includes("reconnecting"));
      assert.equal(await read(), 0, "it was lost");
      cutter.onSend = () => {};
      await eventually(async () => await read() === 1);
      cutter.isDown = true;
      cutter.cut();
      await seen.until(() => client.state === "reconnecting");
      client.markRead(2, vera);
      cutter.isDown = false;
      await eventually(async () => await read() === 2);
    }),
);

Deno.test(
  "a restored store is shown from the start",
  real,
  () =>
    withService(async (_parlor, asha, vera, cutter) => {
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      client.write("of the former life");
      await seen.until(() => client.pending.length === 0);
      await using other = await Parlor.start(unlimited);
      await other.signUp("asha");
      cutter.target = () => targetOf(other.address);
      cutter.cut();
      await seen.until(() => seen.replaced === 2);
      assert.deepEqual(seen.contents, []);
      client.write("of this life");
      await seen.until(() => seen.messages.length === 1);
    }),
);

Deno.test(
  "a message that is refused for good says so, and those after it are sent",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      const [client, seen] = connect(chatUrl(parlor.address, asha, vera));
      const long = client.write("x".repeat(maxContentLength + 1));
      client.write("short");
      await seen.until(() => seen.messages.length === 1 && client.pending[0]?.refused !== undefined);
      assert.deepEqual(client.pending.map(({ client_id, refused }) => [client_id, refused]), [
        [long.client_id, "too_long"],
      ]);
    }),
);

Deno.test(
  "over the limit sending waits as long as it is told, and then goes on in order",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      const [client, seen] = connect(chatUrl(parlor.address, asha, vera));
      for (let i = 1; i <= 7; i++) client.write(`${i}`);
      await seen.until(() => client.pending.length === 0, 20_000);
      assert.deepEqual(seen.contents, ["1", "2", "3", "4", "5", "6", "7"]);
      assert.ok(seen.waits.length > 0 && seen.waits.every((ms) => ms > 0 && ms <= 2_000), `${seen.waits}`);
    }, { ...unlimited, LIMIT_MESSAGES_PER_ROOM: "5/5" }),
);

Deno.test(
  "a token that is refused is asked for anew once, and a second refusal is final",
  real,
  () =>
    withService(async (parlor, asha) => {
      const { consumer, token } = await parlor.visit(asha);
      const asked: boolean[] = [];
      const url = chatUrl(parlor.address, asha, consumer);
      const [, seen] = connect(url, {
        token: (renew) => (asked.push(renew), Promise.resolve(renew ? token : "no.good.token")),
      });
      await seen.until(() => seen.replaced === 1);
      assert.deepEqual([asked, seen.states], [[false, true], ["online"]]);

      const [, refused] = connect(url, { token: () => Promise.resolve("no.good.token") });
      await refused.until(() => refused.refused.length === 1);
      assert.deepEqual([refused.refused, refused.states], [[4401], ["refused"]]);
    }),
);

Deno.test("an unknown admin is asked for once", real, () =>
  withService(async (parlor, _asha, vera) => {
    const [client, seen] = connect(`${ws(parlor.address)}/ws/chat/nobody/${vera}`);
    await seen.until(() => seen.refused.length === 1);
    assert.deepEqual([seen.refused, client.state], [[4404], "refused"]);
  }));

Deno.test(
  "a stop of the service is come back from by itself",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      await using cutter = new Cutter(() => targetOf(parlor.address));
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      await seen.until(() => seen.replaced === 1);
      await parlor.restart();
      client.write("after the restart");
      await seen.until(() => seen.messages.length === 1, 20_000);
      assert.deepEqual(seen.contents, ["after the restart"]);
    }),
);

Deno.test(
  "asha's one socket carries every room, each with a cursor of its own",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const victor = crypto.randomUUID();
      const bearer = { token: () => Promise.resolve(asha.token), subscribe: true };
      const [inbox, ofVera] = connect(`${ws(cutter.address)}/ws/room/asha`, bearer, vera);
      const ofVictor = new Recorder();
      const reader = {
        replace: (messages: Message[]) => (ofVictor.messages = messages, ofVictor.changed()),
        append: (messages: Message[]) => (ofVictor.messages.push(...messages), ofVictor.changed()),
        prepend: () => {},
      };
      inbox.follow(reader, victor);
      const [one] = connect(chatUrl(parlor.address, asha, vera));
      const [two] = connect(chatUrl(parlor.address, asha, victor));
      for (let i = 1; i <= 20; i++) {
        one.write(`vera ${i}`);
        two.write(`victor ${i}`);
        inbox.write(`asha ${i}`, { consumer: i % 2 ? vera : victor });
        if (i % 5 === 0) {
          cutter.cut();
          await new Promise((done) => setTimeout(done, 50));
        }
      }
      await ofVera.until(() => ofVera.messages.length === 30 && inbox.pending.length === 0, 20_000);
      await ofVictor.until(() => ofVictor.messages.length === 30);
      for (const seen of [ofVera, ofVictor]) {
        assert.deepEqual(seen.messages.map(({ seq }) => seq), Array.from({ length: 30 }, (_, i) => i + 1));
      }
      assert.ok(ofVera.contents.every((content) => !content.startsWith("victor")));
    }),
);

Deno.test(
  "a room followed from within its history grows both ways without a gap, and then goes on live",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const key = { admin: "asha", consumer: vera };
      const { store } = parlor.running.service.chat;
      const say = (n: number) =>
        store.appendMessage({ ...key, side: "visitor", kind: "text", content: `${n}`, at: n });
      await Promise.all(Array.from({ length: 300 }, (_, i) => say(i + 1)));
      const bearer = { token: () => Promise.resolve(asha.token), subscribe: true };
      const [inbox, ofVera] = connect(`${ws(cutter.address)}/ws/room/asha`, bearer, vera);
      await ofVera.until(() => ofVera.messages.length === 50);
      const middle = new Recorder();
      const reached: boolean[] = [];
      const and = (act: () => void) => (act(), middle.changed());
      inbox.follow(
        {
          replace: (messages) => and(() => middle.messages = messages),
          append: (messages) => and(() => middle.messages = [...middle.messages, ...messages]),
          prepend: (messages) => and(() => middle.messages = [...messages, ...middle.messages]),
          reach: (isNewest) => and(() => reached.push(isNewest)),
        },
        vera,
        100,
      );
      await middle.until(() => reached.length === 1);
      const seqs = () => middle.messages.map(({ seq }) => seq);
      assert.deepEqual([seqs()[0], seqs().at(-1), reached], [75, 174, [false]]);
      const [visitor] = connect(chatUrl(parlor.address, asha, vera));
      visitor.write("301");
      await middle.until(() => visitor.pending.length === 0);
      assert.equal(seqs().at(-1), 174, "what happens meanwhile waits");
      cutter.cut();
      inbox.fetchOlder(vera);
      await middle.until(() => inbox.state === "online" && reached.length === 2);
      while (!reached.at(-1)) {
        const before = reached.length;
        inbox.fetchNewer(vera);
        await middle.until(() => reached.length > before);
      }
      visitor.write("302");
      await middle.until(() => seqs().at(-1) === 302);
      inbox.fetchOlder(vera);
      await middle.until(() => seqs()[0] === 25);
      assert.deepEqual(seqs(), Array.from({ length: 278 }, (_, i) => i + 25));
    }),
);

Deno.test(
  "a message that another tab saw arrive first does not hold up the next one",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      let tellOfOtherTab: Parameters<KeyValueStorage["watch"]>[0];
      const watch = (changed: typeof tellOfOtherTab) => (tellOfOtherTab = changed, () => {});
      const storage = { ...memoryStorage(), watch };
      const [client, seen] = connect(chatUrl(parlor.address, asha, vera), { storage });
      client.follow({
        replace: () => {},
        append: (messages) => {
          for (const { client_id } of messages) tellOfOtherTab(client_id!, undefined);
          seen.messages.push(...messages);
        },
        prepend: () => {},
      });
      for (const content of ["one", "two", "three"]) client.write(content);
      await seen.until(() => seen.messages.length === 3);
      assert.deepEqual(seen.contents, ["one", "two", "three"]);
    }),
);

/** Sends messages of maximum length, so that a few of them exceed the byte limit of a page. */
async function sayLong(parlor: Parlor, consumer: string, count: number): Promise<void> {
  const { store } = parlor.running.service.chat;
  const long = {
    admin: "asha",
    consumer,
    side: "visitor",
    kind: "text",
    content: "語".repeat(4_000),
  } as const;
  await Promise.all(Array.from({ length: count }, (_, i) => store.appendMessage({ ...long, at: i })));
}

Deno.test(
  "a history of long messages comes whole, though its pages end early",
  real,
  () =>
    withService(async (parlor, asha, vera, cutter) => {
      const [client, seen] = connect(chatUrl(cutter.address, asha, vera));
      await seen.until(() => client.state === "online" && seen.replaced === 1);
      cutter.cut();
      await sayLong(parlor, vera, 70);
      await seen.until(() => seen.messages.length === 70, 20_000);
      const [other, read] = connect(chatUrl(parlor.address, asha, vera));
      await read.until(() => read.messages.length > 0);
      assert.ok(read.messages.length < 50, "the newest page has ended early");
      while (read.messages[0]!.seq > 1) {
        const before = read.messages.length;
        other.fetchOlder();
        await read.until(() => read.messages.length > before);
      }
      for (const { messages } of [seen, read]) {
        assert.deepEqual(messages.map(({ seq }) => seq), Array.from({ length: 70 }, (_, i) => i + 1));
      }
    }),
);

Deno.test(
  "a page around a message among long ones holds it, and goes on both ways",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      await sayLong(parlor, vera, 90);
      const bearer = { subscribe: true, token: () => Promise.resolve(asha.token) };
      const [inbox] = connect(`${ws(parlor.address)}/ws/room/asha`, bearer, vera);
      const middle = new Recorder();
      let isNewest: boolean | undefined;
      const and = (act: () => void) => (act(), middle.changed());
      inbox.follow(
        {
          replace: (messages) => and(() => middle.messages = messages),
          append: (messages) => and(() => middle.messages = [...middle.messages, ...messages]),
          prepend: (messages) => and(() => middle.messages = [...messages, ...middle.messages]),
          reach: (newest) => and(() => isNewest = newest),
        },
        vera,
        40,
      );
      await middle.until(() => isNewest !== undefined);
      const seqs = () => middle.messages.map(({ seq }) => seq);
      assert.ok(seqs().includes(40), `${seqs()}`);
      while (!isNewest) {
        const before = seqs().length;
        inbox.fetchNewer(vera);
        await middle.until(() => seqs().length > before || isNewest === true);
      }
      while (seqs()[0]! > 1) {
        const before = seqs().length;
        inbox.fetchOlder(vera);
        await middle.until(() => seqs().length > before);
      }
      assert.deepEqual(seqs(), Array.from({ length: 90 }, (_, i) => i + 1));
    }),
);

Deno.test(
  "a client that was dropped as too slow comes back and asks for half",
  real,
  () =>
    withService(async (parlor, asha, vera) => {
      const { chat: { store }, hub } = parlor.running.service;
      await sayLong(parlor, vera, 3);
      const [client, seen] = connect(chatUrl(parlor.address, asha, vera));
      await seen.until(() => client.state === "online" && seen.messages.length === 3);
      const limits: number[] = [], { messagesAfter } = store;
      store.messagesAfter = (...asked) => (limits.push(asked[2]), messagesAfter.apply(store, asked));
      for (const one of hub.listeners.all) one.close(4408, "Reading too slowly");
      await seen.until(() => limits.length > 0);
      store.messagesAfter = messagesAfter;
      assert.equal(limits[0], 100);
    }),
);

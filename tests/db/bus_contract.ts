import assert from "node:assert/strict";
import type { Bus, BusOptions, EphemeralEvent, Followed, Subscriber } from "../../db/bus.ts";
import { Collection } from "../../db/collection.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import { Overtaken, WrongStatus } from "../../db/errors.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./contract/fixtures.ts";

/** One of several instances that share a store. */
export interface Opened {
  store: Store;
  bus: Bus;
}

export interface Sharing {
  /** Maximum delay of a message whose notification was lost. Milliseconds. */
  sweepMs: number;
  /** Each call of `share` creates a new place; `open` opens an instance on it. */
  share(): Promise<{ open(options: BusOptions): Promise<Opened>; dispose(): Promise<void> }>;
}

const labels = new Collection({
  name: "labels",
  schema: { parse: (value) => value as { workspace: string; name: string } },
  key: ({ workspace, name }) => [workspace, name],
  isWatched: true,
});

/** Forwards changes between the instances, as the audience does. */
function shareChanges({ here, there, subscriber }: Two): void {
  here.store.changes.onChange = ({ owner, collection }) =>
    here.bus.publish({ type: "collection_changed", admin: owner, collection });
  subscriber.changes = there.store.changes;
}

/** A subscriber that records what it receives. */
class Listener implements Subscriber {
  heads = new Map<string, number>();
  events: EphemeralEvent[] = [];
  times = 0;
  changes: Store["changes"] | undefined;

  constructor(readonly follows: Followed) {}

  followed = () => this.follows;
  followedAdmins = () => [...this.follows.admins, ...this.follows.rooms.map(({ admin }) => admin)];
  heard({ admin, consumer }: RoomKey, seq: number): void {
    const name = `${admin} ${consumer}`;
    this.times++;
    this.heads.set(name, Math.max(seq, this.heads.get(name) ?? 0));
  }
  onEphemeral(ephemeral: EphemeralEvent): void {
    this.events.push(ephemeral);
    if (ephemeral.type !== "collection_changed") return;
    this.changes?.heard({ owner: ephemeral.admin, collection: ephemeral.collection });
  }
  swept = () => Promise.resolve(this.changes?.sweep());
  missed(): void {}

  async until(test: () => boolean, ms = 1_500): Promise<void> {
    const deadline = performance.now() + ms;
    while (!test()) {
      assert(
        performance.now() < deadline,
        `not within ${ms} ms: ${test}; heard ${JSON.stringify([...this.heads])}`,
      );
      await sleep(5);
    }
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** An instance that writes, and one that listens. */
interface Two {
  here: Opened;
  there: Opened;
  subscriber: Listener;
}

/** Tests every guarantee of `db/bus.ts` on one engine. */
export function testBus(name: string, { sweepMs, share }: Sharing): void {
  const contractTest = (
    promise: string,
    follows: Followed,
    test: (two: Two) => Promise<void>,
    { pollsOnly = false, isLate = false } = {},
  ) =>
    Deno.test(`${name} bus: ${promise}`, async () => {
      const place = await share();
      const here = await place.open({ instance: "here" });
      const there = await place.open({ instance: "there", pollsOnly });
      const subscriber = new Listener(follows);
      try {
        await here.bus.listen(new Listener({ rooms: [], admins: [] }));
        if (!isLate) await there.bus.listen(subscriber);
        await test({ here, there, subscriber });
      } finally {
        for (const { bus, store } of [here, there]) await Promise.all([bus.close(), store.close()]);
        await place.dispose();
      }
    });
  const room = { rooms: [veraAtAsha], admins: [] }, inbox = { rooms: [], admins: ["asha"] };

  /** Writes messages and notifies, as the audience does. */
  async function say({ store, bus }: Opened, key: RoomKey, ...contents: string[]): Promise<void> {
    for (const content of contents) {
      const { message } = await store.appendMessage(draft(key, content));
      bus.notify(key, message.seq);
    }
  }

  contractTest(
    "what is written here is heard of there, by its room and seq",
    room,
    async ({ here, subscriber }) => {
      await say(here, veraAtAsha, "one", "two", "three");
      await subscriber.until(() => subscriber.heads.get("asha vera") === 3);
    },
  );

  contractTest(
    "of 64 agents who answer at both instances at once, one is first, and that one alone is heard of",
    inbox,
    async ({ here, there, subscriber }) => {
      await say(here, veraAtAsha, "anybody there?");
      await subscriber.until(() => subscriber.heads.get("asha vera") === 1);
      const answers = await Promise.allSettled(
        numbers(64).map(async (n) => {
          const { store, bus } = n % 2 ? here : there;
          const by = { id: `a${n}` };
          const { message } = await store.appendMessage(
            draft(veraAtAsha, "yes", { side: "admin", by, onlyIf: { status: ["open"], noOtherAfter: 1 } }),
          );
          bus.notify(veraAtAsha, message.seq);
        }),
      );
      const refused = answers.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
      assert.equal(refused.length, 63);
      for (const error of refused) assert(error instanceof Overtaken, `${error}`);
      assert.equal((await there.store.room(veraAtAsha))?.head, 2);
      await assert.rejects(
        here.store.appendMessage(draft(victorAtAsha, "yes", { side: "admin", onlyIf: { status: ["open"] } })),
        WrongStatus,
      );
      await say(here, victorAtAsha, "hello");
      await subscriber.until(() => subscriber.heads.get("asha victor") === 1);
      assert((subscriber.heads.get("asha vera") ?? 0) <= 2);
      assert.equal((await there.store.messagesAfter(veraAtAsha, 0, 10)).length, 2);
    },
  );

  contractTest(
    "whoever follows an admin hears of every room, new ones too",
    inbox,
    async ({ here, subscriber }) => {
      await say(here, veraAtAsha, "one");
      await say(here, victorAtAsha, "one", "two");
      await subscriber.until(() =>
        subscriber.heads.get("asha vera") === 1 && subscriber.heads.get("asha victor") === 2
      );
    },
  );

  contractTest("nobody hears its own notifications", inbox, async ({ there, subscriber }) => {
    await say(there, veraAtAsha, "one");
    there.bus.publish({ type: "typing", ...veraAtAsha, by: "visitor", typing: true });
    await sleep(300);
    assert.deepEqual([subscriber.times, subscriber.events], [0, []]);
  });

  contractTest("events come as they were said, in their order", room, async ({ here, subscriber }) => {
    const events: EphemeralEvent[] = [
      { type: "hello" },
      { type: "room_opened", ...veraAtAsha },
      ...numbers(100).map((seq): EphemeralEvent => ({ type: "read", ...veraAtAsha, by: "admin", seq })),
      { type: "here", admin: "asha", parties: [null, "vera"] },
      { type: "sessions_ended", admin: "asha", jtis: ["a", "b"] },
    ];
    for (const ephemeral of events) {
      here.bus.publish(ephemeral);
      await sleep(1);
    }
    await subscriber.until(() => subscriber.events.length === events.length);
    const ofAsha = (all: EphemeralEvent[]) => all.filter((ephemeral) => "admin" in ephemeral);
    assert.deepEqual(ofAsha(subscriber.events), ofAsha(events));
    assert.deepEqual(subscriber.events.filter(({ type }) => type === "hello"), [{ type: "hello" }]);
  });

  const later: Followed = { rooms: [], admins: [] };
  contractTest(
    "who begins to follow an admin is not told what was onEphemeral before that",
    later,
    async (two) => {
      const { here, subscriber } = two;
      here.bus.publish({ type: "visitor_forgotten", ...veraAtAsha });
      await sleep(200);
      here.bus.publish({ type: "hello" });
      await subscriber.until(() => subscriber.events.some(({ type }) => type === "hello"));
      await sleep(200);
      const before = subscriber.events.length;
      later.admins.push("asha");
      here.bus.publish({ type: "room_opened", ...veraAtAsha });
      await subscriber.until(() => subscriber.events.some(({ type }) => type === "room_opened"));
      assert.deepEqual(subscriber.events.slice(before), [{ type: "room_opened", ...veraAtAsha }]);
    },
  );

  contractTest(
    "a thousand rooms that speak at once are all heard of",
    inbox,
    async ({ here, subscriber }) => {
      const keys = numbers(1_000).map((n) => ({ admin: "asha", consumer: `visitor-with-a-long-name-${n}` }));
      await Promise.all(keys.map((key) => say(here, key, "hello")));
      await subscriber.until(() => subscriber.heads.size === 1_000, 10_000);
    },
  );

  contractTest("a change of a watched collection is heard of there within a second", inbox, async (two) => {
    shareChanges(two);
    let told = 0;
    await two.there.store.changes.follow({ owner: "asha", collection: "labels" }, () => told++);
    await labels.put(two.here.store, { workspace: "asha", name: "urgent" });
    await two.subscriber.until(() => told > 0, 1_000);
    assert.equal((await labels.get(two.there.store, ["asha", "urgent"]))?.name, "urgent");
  });

  contractTest(
    "a change of a watched collection whose notice was lost is found by looking",
    inbox,
    async (two) => {
      shareChanges(two);
      let told = 0;
      const listener = () => told++;
      await two.there.store.changes.follow({ owner: "asha", collection: "labels" }, listener);
      await two.there.store.changes.follow({ owner: "bruno", collection: "labels" }, listener);
      for (const times of [1, 2]) {
        await labels.put(two.here.store, { workspace: "asha", name: "urgent" });
        await two.subscriber.until(() => told === times, sweepMs + 1_000);
      }
      assert.equal(two.subscriber.events.length, 0);
    },
    { pollsOnly: true },
  );

  contractTest(
    "without any notification, a followed room is looked at now and then",
    room,
    async ({ here, subscriber }) => {
      await say(here, veraAtAsha, "one", "two");
      await say(here, veraAtBruno, "not followed");
      await subscriber.until(() => subscriber.heads.get("asha vera") === 2, sweepMs + 1_000);
      assert.deepEqual([...subscriber.heads.keys()], ["asha vera"]);
    },
    { pollsOnly: true },
  );

  contractTest(
    "without any notification, so are a followed admin's rooms that something happened in",
    inbox,
    async ({ here, subscriber }) => {
      await here.store.appendMessage(draft(victorAtAsha, "long ago", { at: morning - 3_600_000 }));
      const now = Date.now();
      await here.store.appendMessage(draft(veraAtAsha, "just now", { at: now }));
      await subscriber.until(() => subscriber.heads.get("asha vera") === 1, sweepMs + 1_000);
      await here.store.appendMessage(draft(victorAtAsha, "again", { at: now + 1_000 }));
      await subscriber.until(() => subscriber.heads.get("asha victor") === 2, sweepMs + 1_000);
    },
    { pollsOnly: true },
  );

  contractTest(
    "what was written before anybody listened is found at the first look",
    room,
    async ({ there, here, subscriber }) => {
      await send(here.store, veraAtAsha, "one", "two");
      await there.bus.listen(subscriber);
      assert.equal(subscriber.heads.get("asha vera"), 2);
    },
    { isLate: true },
  );
}

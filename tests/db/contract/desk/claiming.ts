import assert from "node:assert/strict";
import type { RoomRecord, Store } from "../../../../db/store.ts";
import type { ContractTest } from "../../store_contract.ts";
import { draft, morning, numbers } from "../fixtures.ts";
import { change } from "./fields.ts";

const at = (n: number) => ({ admin: "asha", consumer: `v${n}` });

/** Rooms whose visitors wait, v1 the longest. */
async function fillQueue(store: Store, count: number): Promise<void> {
  await Promise.all(
    numbers(count).map((n) => store.appendMessage(draft(at(n), "hello", { at: morning + n }))),
  );
}

const anyTeam = { teams: [null], capacity: 1_000 };
const consumers = (rooms: (RoomRecord | undefined)[]) => rooms.map((room) => room?.consumer);

export function claiming(contractTest: ContractTest): void {
  contractTest("the room that has waited longest is claimed first", async (store) => {
    await fillQueue(store, 3);
    await store.appendMessage(draft(at(1), "still there?", { at: morning + 10 }));
    const claimed = [];
    for (const _ of numbers(4)) claimed.push(await store.claimNext("asha", { agent: "ines", ...anyTeam }));
    assert.deepEqual(consumers(claimed), ["v1", "v2", "v3", undefined]);
    assert.deepEqual(claimed[0], await store.room(at(1)));
    assert.equal(claimed[0]?.assignee, "ines");
    assert.equal(await store.load("asha", "ines"), 3);
  });

  contractTest("only waiting, unassigned rooms of the teams asked for are claimed", async (store) => {
    await fillQueue(store, 9);
    await store.appendMessage(draft(at(1), "an answer", { side: "admin", at: morning + 20 }));
    await change(store, at(2), { set: { snoozedUntil: morning + 99 } });
    await change(store, at(3), { set: { assignee: "omar" } });
    await store.appendMessage(draft(at(4), "resolved", { side: "admin", kind: "status", at: morning + 20 }));
    await store.appendMessage(draft(at(5), "bot", { side: "admin", kind: "status", at: morning + 20 }));
    await change(store, at(6), { set: { team: "sales" } });
    await change(store, at(7), { set: { team: "support" } });
    const claim = async (...teams: (string | null)[]) =>
      (await store.claimNext("asha", { agent: "ines", teams, capacity: 100 }))?.consumer;
    assert.equal(await claim(), undefined);
    assert.equal(await claim("nobody's"), undefined);
    assert.equal(await claim(null, "support"), "v7");
    assert.equal(await claim(null, "support"), "v8");
    assert.equal(await claim(null), "v9");
    assert.equal(await claim(null), undefined);
    assert.equal(await claim(null, "sales", "support"), "v6");
    assert.equal((await store.room(at(6)))?.team, "sales");
    assert.equal(await store.claimNext("bruno", { agent: "ines", ...anyTeam }), undefined);
  });

  contractTest("an agent gets no more than its capacity, and again when a room is done", async (store) => {
    await fillQueue(store, 5);
    const claim = () => store.claimNext("asha", { agent: "ines", teams: [null], capacity: 2 });
    assert.equal(await store.claimNext("asha", { agent: "ines", teams: [null], capacity: 0 }), undefined);
    assert.deepEqual(consumers([await claim(), await claim(), await claim()]), ["v1", "v2", undefined]);
    await store.appendMessage(draft(at(1), "resolved", { side: "admin", kind: "status", at: morning + 50 }));
    assert.equal(await store.load("asha", "ines"), 1);
    assert.deepEqual(consumers([await claim(), await claim()]), ["v3", undefined]);
    await change(store, at(2), { set: { snoozedUntil: morning + 99 } });
    assert.deepEqual(consumers([await claim(), await claim()]), ["v4", undefined]);
    await store.forgetVisitor(at(3));
    assert.deepEqual(consumers([await claim(), await claim()]), ["v5", undefined]);
  });

  contractTest("what is claimed commits its records with it, or waits on", async (store) => {
    await fillQueue(store, 2);
    const named = { collection: "test", key: ["asha", "log"] };
    const seen: RoomRecord[] = [];
    const claim = () =>
      store.claimNext("asha", {
        ...{ agent: "ines", ...anyTeam },
        async commit(room) {
          seen.push(room);
          const log = await store.records.get(named.collection, named.key);
          // Somebody else writes between the look and the claim, the first time.
          if (seen.length === 1) await store.records.commit({ put: [{ ...named, value: ["before"] }] });
          const value = [...log?.value as string[] ?? [], room.consumer];
          return { check: [{ ...named, version: log?.version }], put: [{ ...named, value }] };
        },
      });
    assert.equal((await claim())?.consumer, "v1");
    assert.equal((await claim())?.consumer, "v2");
    assert.deepEqual(seen.map(({ consumer, assignee }) => `${consumer} ${assignee}`), [
      ...["v1 ines", "v1 ines", "v2 ines"],
    ]);
    const log = await store.records.get(named.collection, named.key);
    assert.deepEqual(log?.value, ["before", "v1", "v2"]);
  });

  contractTest(
    "of 64 claims of eight agents at once each gets a room of its own, the longest waiting, within capacity",
    async (store) => {
      await fillQueue(store, 60);
      const agents = numbers(8).map((n) => `agent${n}`);
      const claims = numbers(64).map((n) => ({ agent: agents[n % 8]!, teams: [null], capacity: 5 }));
      const claimed = await Promise.all(claims.map((claim) => store.claimNext("asha", claim)));
      const got = claimed.filter((room) => room !== undefined);
      assert.deepEqual(got.map(({ consumer }) => consumer), numbers(40).map((n) => `v${n}`));
      for (const agent of agents) {
        assert.equal(await store.load("asha", agent), 5);
        assert.equal(got.filter(({ assignee }) => assignee === agent).length, 5);
      }
      const left = await store.rooms("asha", {
        ...{ limit: 50, filter: "all", messages: 0, box: { kind: "unassigned" }, sort: "longest_waiting" },
      });
      assert.deepEqual(
        left.rooms.map(({ room }) => room.consumer),
        numbers(60).slice(40).map((n) => `v${n}`),
      );
    },
  );

  contractTest("claims go on while visitors write, leave and are assigned by hand", async (store) => {
    await fillQueue(store, 24);
    const claims = numbers(24).map(() => store.claimNext("asha", { agent: "ines", ...anyTeam }));
    const others = numbers(24).map((n) =>
      n % 3 === 0
        ? store.forgetVisitor(at(n))
        : n % 3 === 1
        ? store.appendMessage(draft(at(n), "hello?", { at: morning + 100 + n }))
        : store.changeDesk(at(n), { expect: { assignee: null }, set: { assignee: "omar" } })
    );
    const claimed = (await Promise.all(claims)).filter((room) => room !== undefined);
    await Promise.all(others);
    assert.equal(new Set(claimed.map(({ consumer }) => consumer)).size, claimed.length);
    const { rooms } = await store.rooms("asha", { limit: 100, filter: "all", messages: 0 });
    const loads = ["ines", "omar"].map((agent) => rooms.filter(({ room }) => room.assignee === agent).length);
    assert.deepEqual([await store.load("asha", "ines"), await store.load("asha", "omar")], loads);
  });
}

import assert from "node:assert/strict";
import { episodes, episodesOf, episodesSince } from "../../../db/collections/episodes.ts";
import { dueClocks, type SlaClock, slaClocks } from "../../../db/collections/sla_clocks.ts";
import { episode, storeEpisodes } from "../../chat/reports/fixture.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers, send, veraAtAsha } from "./fixtures.ts";

const ofVera = (n: number) => episode(morning + n, { consumer: "vera", from: n, id: `r.${n}`, upTo: n });
const clock = (consumer: string, due: number, stage: SlaClock["stage"] = "running"): SlaClock => ({
  ...{ workspace: "asha", consumer, target: "first_reply", stage },
  ...{ from: morning, due, warn: due - 10 },
});

export function episodesAndClocks(contractTest: ContractTest): void {
  contractTest("episodes are found by time and by room, page by page, each once", async (store, opened) => {
    await storeEpisodes(store, [
      ...numbers(250).map((n) => episode(morning + n, { consumer: `c${n}` })),
      ...numbers(5).map(ofVera),
      episode(morning + 3, { workspace: "bruno" }),
    ]);
    for (const reopen of [false, true]) {
      const at = reopen ? await opened.reopen() : store;
      const found: string[] = [];
      let after: Parameters<typeof episodesSince>[2] = morning + 3;
      while (true) {
        const page = await episodesSince(at, "asha", after, 100);
        found.push(...page.map(({ consumer, from }) => `${consumer} ${from}`));
        if (page.length < 100) break;
        after = page.at(-1)!;
      }
      assert.deepEqual([found.length, new Set(found).size], [248 + 3, 248 + 3]);
      assert.deepEqual(found.slice(0, 2), ["c3 1", "vera 3"]);
      assert.deepEqual((await episodesOf(at, veraAtAsha, 2)).map(({ from }) => from), [5, 4]);
    }
  });

  contractTest("a forgotten visitor's episodes and clock go with it, from every index", async (store) => {
    await send(store, veraAtAsha, "hello");
    await storeEpisodes(store, [...numbers(120).map(ofVera), episode(morning, { consumer: "victor" })]);
    await slaClocks.put(store, clock("vera", morning));
    await slaClocks.put(store, clock("victor", morning));
    assert.equal(await store.forgetVisitor(veraAtAsha), true);
    const count = async (name: string) => (await store.records.list(name, [], { limit: 500 })).length;
    for (const collection of [episodes, slaClocks]) {
      for (const name of [collection.name, ...collection.indexNames]) {
        assert.equal(await count(name), 1, name);
      }
    }
  });

  contractTest("clocks come in the order of what is to be done next, over all workspaces", async (store) => {
    await slaClocks.put(store, clock("late", morning + 30));
    await slaClocks.put(store, { ...clock("first", morning + 15), workspace: "bruno" });
    await slaClocks.put(store, clock("warned", morning + 25, "warned"));
    await slaClocks.put(store, clock("missed", morning, "missed"));
    const due = async (at: number) => (await dueClocks(store, at, 9)).map(({ consumer }) => consumer);
    assert.deepEqual(await due(morning + 4), []);
    assert.deepEqual(await due(morning + 20), ["first", "late"]);
    assert.deepEqual(await due(morning + 25), ["first", "late", "warned"]);
    await slaClocks.update(store, ["asha", "late"], (now) => now && { ...now, stage: "missed" });
    assert.deepEqual(await due(morning + 99), ["first", "warned"]);
  });
}

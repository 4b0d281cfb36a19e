import assert from "node:assert/strict";
import { z } from "zod";
import { Collection } from "../../../db/collection.ts";
import type { ContractTest } from "../store_contract.ts";
import { numbers } from "./fixtures.ts";

const Label = z.object({ workspace: z.string(), name: z.string(), color: z.string().default("gray") });
const labels = new Collection({
  name: "labels",
  schema: Label,
  key: ({ workspace, name }) => [workspace, name],
  isWatched: true,
});
const label = (workspace: string, name: string, color = "red") => ({ workspace, name, color });

/** Keyed by its id, indexed by owner, and by machine (unique). */
interface Device {
  id: string;
  owner: string;
  machine?: string;
}
const devices = new Collection({
  name: "devices",
  schema: { parse: (value) => value as Device },
  key: ({ id }) => [id],
  indexes: {
    byOwner: { key: ({ owner }) => [owner] },
    byMachine: { key: ({ machine }) => machine === undefined ? undefined : [machine], isUnique: true },
  },
  owner: "byOwner",
});
const device = (id: string, owner: string, machine?: string): Device => ({ id, owner, machine });

async function idsOf(found: AsyncIterable<Device>): Promise<string[]> {
  return (await Array.fromAsync(found)).map(({ id }) => id);
}

export function collections(contractTest: ContractTest): void {
  contractTest("a value of a collection is put, read, listed and removed", async (store) => {
    for (const name of ["urgent", "billing"]) await labels.put(store, label("asha", name));
    await labels.put(store, label("bruno", "urgent", "blue"));
    assert.deepEqual(await labels.get(store, ["asha", "urgent"]), label("asha", "urgent"));
    assert.equal(await labels.get(store, ["asha", "nothing"]), undefined);
    const page = await labels.list(store, ["asha"], { limit: 5 });
    assert.deepEqual(page.map(({ name }) => name), ["billing", "urgent"]);
    assert.deepEqual(
      await labels.getMany(store, [["bruno", "urgent"], ["nobody", ""], ["asha", "billing"]]),
      [label("bruno", "urgent", "blue"), undefined, label("asha", "billing")],
    );
    assert.deepEqual(await labels.remove(store, ["asha", "urgent"]), label("asha", "urgent"));
    assert.equal(await labels.remove(store, ["asha", "urgent"]), undefined);
    assert.equal(await labels.get(store, ["asha", "urgent"]), undefined);
  });

  contractTest(
    "a value that an earlier version has stored is read with the defaults of what was added",
    async (store) => {
      const value = { workspace: "asha", name: "urgent" };
      await store.records.commit({ put: [{ collection: "labels", key: ["asha", "urgent"], value }] });
      assert.deepEqual(await labels.get(store, ["asha", "urgent"]), { ...value, color: "gray" });
      await store.records.commit({ put: [{ collection: "labels", key: ["asha", "odd"], value: 7 }] });
      await assert.rejects(labels.get(store, ["asha", "odd"]), /expected object/);
    },
  );

  contractTest(
    "of many who create one value one does, and the others are told whose it is",
    async (store) => {
      const found = await Promise.all(
        numbers(30).map((n) => labels.create(store, label("asha", "urgent", `${n}`))),
      );
      const { color } = (await labels.get(store, ["asha", "urgent"]))!;
      assert.deepEqual(found.filter((other) => other === undefined).length, 1);
      assert.equal(found.indexOf(undefined) + 1, Number(color));
      assert(found.every((other) => other === undefined || other.color === color));
    },
  );

  contractTest("no update of a value is lost, however many make one at once", async (store) => {
    await labels.put(store, label("asha", "count", "0"));
    await Promise.all(
      numbers(32).map(() =>
        labels.update(store, ["asha", "count"], (now) => ({ ...now!, color: `${Number(now!.color) + 1}` }))
      ),
    );
    assert.equal((await labels.get(store, ["asha", "count"]))?.color, "32");
    assert.equal((await labels.update(store, ["asha", "count"], () => undefined))?.color, "32");
  });

  contractTest("a value is found by its indexes, which follow it", async (store) => {
    await devices.put(store, device("1", "asha", "desk"));
    await devices.put(store, device("2", "asha"));
    assert.deepEqual(await devices.find(store, "byMachine", ["desk"]), device("1", "asha", "desk"));
    assert.deepEqual(await idsOf(devices.all(store, "asha")), ["1", "2"]);
    await devices.put(store, device("1", "bruno", "phone"));
    assert.equal(await devices.find(store, "byMachine", ["desk"]), undefined);
    assert.deepEqual(await idsOf(devices.all(store, "asha")), ["2"]);
    assert.deepEqual(await idsOf(devices.all(store, "bruno")), ["1"]);
    await devices.remove(store, ["1"], ({ owner }) => owner === "asha");
    assert.equal((await devices.find(store, "byMachine", ["phone"]))?.id, "1");
    await devices.remove(store, ["1"]);
    assert.equal(await devices.find(store, "byMachine", ["phone"]), undefined);
    assert.deepEqual(await store.records.list("devices/byOwner", [], { limit: 9 }), [
      ...await store.records.list("devices/byOwner", ["asha", "2"], { limit: 1 }),
    ]);
  });

  contractTest("whoever is put under a unique key takes it, and the one that had it goes", async (store) => {
    await devices.put(store, device("1", "asha", "desk"));
    await devices.put(store, device("2", "bruno", "desk"));
    assert.equal((await devices.find(store, "byMachine", ["desk"]))?.id, "2");
    assert.equal(await devices.get(store, ["1"]), undefined);
    assert.deepEqual(await idsOf(devices.all(store)), ["2"]);
    assert.deepEqual(await idsOf(devices.all(store, "asha")), []);
    await Promise.all(numbers(12).map((n) => devices.put(store, device(`of ${n}`, "carla", "desk"))));
    const last = await devices.find(store, "byMachine", ["desk"]);
    assert.deepEqual(await idsOf(devices.all(store)), [last!.id]);
  });

  contractTest(
    "all of an owner's values go at once, with their index entries, and nobody else's",
    async (store) => {
      await Promise.all(numbers(230).map((n) => devices.put(store, device(`${n}`, "asha", `machine ${n}`))));
      await devices.put(store, device("other", "bruno", "other"));
      for (const n of numbers(3)) await labels.put(store, label("asha", `${n}`));
      await devices.erase(store, "asha");
      await labels.erase(store, "asha");
      assert.deepEqual(await idsOf(devices.all(store)), ["other"]);
      assert.deepEqual(await Array.fromAsync(labels.all(store)), []);
      for (const index of ["devices/byOwner", "devices/byMachine"]) {
        assert.equal((await store.records.list(index, [], { limit: 500 })).length, 1);
      }
    },
  );

  contractTest(
    "who follows a watched collection is told of each change of it, and of no other",
    async (store) => {
      const { changes } = store;
      let told = 0;
      const unfollow = await changes.follow({ owner: "asha", collection: "labels" }, () => told++);
      await labels.put(store, label("asha", "urgent"));
      await labels.put(store, label("bruno", "urgent"));
      await devices.put(store, device("1", "asha"));
      assert.equal(told, 1);
      await labels.remove(store, ["asha", "urgent"]);
      await labels.remove(store, ["asha", "urgent"]);
      assert.equal(told, 2);
      unfollow();
      await labels.put(store, label("asha", "urgent"));
      assert.equal(told, 2);
      assert.deepEqual([...changes.owners()], []);
    },
  );
}

import assert from "node:assert/strict";
import fc from "fast-check";
import { Unavailable } from "../../../db/errors.ts";
import { type RecordKey, recordLimits, type Records, updateRecord } from "../../../db/records.ts";
import type { ContractTest } from "../store_contract.ts";
import { numbers } from "./fixtures.ts";

const isFull = Deno.env.get("PARLOR_FULL_TESTS") === "1";
const labels = "labels", notes = "notes";

const put = (records: Records, key: RecordKey, value: unknown, collection = labels) =>
  records.commit({ put: [{ collection, key, value }] });

async function keysOf(records: Records, prefix: RecordKey, page = { limit: 1_000 }): Promise<RecordKey[]> {
  return (await records.list(labels, prefix, page)).map(({ key }) => key);
}

/** The key order of every engine: part by part, by code points. */
function compare(a: RecordKey, b: RecordKey): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] === undefined || b[i] === undefined) return a.length - b.length;
    const [one, other] = [a[i]!, b[i]!].map((part) => [...part].map((char) => char.codePointAt(0)!));
    for (let j = 0; j < Math.max(one!.length, other!.length); j++) {
      const difference = (one![j] ?? -1) - (other![j] ?? -1);
      if (difference) return difference;
    }
  }
  return 0;
}

/**
 * Keys that an engine could mishandle: empty parts, its own separators, emoji outside the BMP, almost the
 * maximum length.
 */
const hostile = [
  "",
  "/",
  "a/b",
  "a",
  "a\u0001",
  "a b",
  "A",
  "á",
  "%",
  "_",
  "'",
  '"',
  "\\",
  "\uffff",
  "🦊",
  "x".repeat(500),
];

export function records(contractTest: ContractTest): void {
  contractTest(
    "a record comes back as it was put, with a version, and under its own key alone",
    async (store, opened) => {
      const { records } = store;
      const value = { name: "urgent", "odd\0name": ['"\\🦊', 1.5, null, true, { a: {} }] };
      assert.equal(await records.get(labels, ["asha", "1"]), undefined);
      assert.equal(await put(records, ["asha", "1"], value), true);
      const found = await records.get(labels, ["asha", "1"]);
      assert.deepEqual([found?.key, found?.value, typeof found?.version], [["asha", "1"], value, "string"]);
      const asked = [["asha", "2"], ["asha", "1"], ["asha", "1"]].map((key) => ({ collection: labels, key }));
      assert.deepEqual(await records.getMany(asked), [undefined, found, found]);
      assert.deepEqual(await records.getMany([]), []);
      for (const key of [["asha"], ["asha", "1", ""], ["asha", ""], ["bruno", "1"], ["asha\u00011"]]) {
        assert.equal(await records.get(labels, key), undefined, JSON.stringify(key));
      }
      assert.equal(await records.get(notes, ["asha", "1"]), undefined);
      assert.deepEqual(await (await opened.reopen()).records.get(labels, ["asha", "1"]), found);
    },
  );

  contractTest(
    "keys are listed in order, by parts and code points, forward and backward, a page at a time",
    async (store) => {
      const { records } = store;
      const keys = hostile.flatMap((
        part,
      ) => [["asha", part], ["asha", part, ""], ["asha", part, "🦊"], [part, "x"]]);
      for (let i = 0; i < keys.length; i += 40) {
        const some = keys.slice(i, i + 40);
        await records.commit({ put: some.map((key) => ({ collection: labels, key, value: key })) });
      }
      const ordered = keys.filter(([first]) => first === "asha").sort(compare);
      assert.deepEqual(await keysOf(records, ["asha"]), ordered);
      for (const reverse of [false, true]) {
        const paged: RecordKey[] = [];
        for (
          let page, after: RecordKey | undefined;
          (page = await records.list(labels, ["asha"], { after, limit: 7, reverse })).length;
        ) {
          paged.push(...page.map(({ key }) => key));
          after = page.at(-1)!.key;
          for (const { key, value } of page) assert.deepEqual(value, key);
        }
        assert.deepEqual(paged, reverse ? ordered.toReversed() : ordered);
      }
      // A prefix matches whole parts, including the record whose key equals it.
      assert.deepEqual(await keysOf(records, ["asha", "a"]), [["asha", "a"], ["asha", "a", ""], [
        "asha",
        "a",
        "🦊",
      ]]);
      assert.equal((await keysOf(records, [])).length, keys.length);
    },
  );

  contractTest("keys of any texts keep their order", async (store) => {
    let n = 0;
    const part = fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !text.includes("\0"));
    const keys = fc.uniqueArray(fc.array(part, { minLength: 1, maxLength: 3 }), {
      selector: (key) => JSON.stringify(key),
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(keys, async (keys) => {
        const own = `${n++}`;
        await store.records.commit({
          put: keys.map((key) => ({ collection: labels, key: [own, ...key], value: 0 })),
        });
        assert.deepEqual(
          (await keysOf(store.records, [own])).map(([, ...key]) => key),
          keys.toSorted(compare),
        );
      }),
      { numRuns: 20 },
    );
  });

  contractTest("a write with an old version, or of what is there already, changes nothing", async (store) => {
    const { records } = store;
    const key = ["asha", "1"], at = { collection: labels, key };
    const make = () =>
      records.commit({ check: [{ ...at, version: undefined }], put: [{ ...at, value: "made" }] });
    assert.deepEqual([await make(), await make()], [true, false]);
    const first = (await records.get(labels, key))!;
    const write = (value: string) =>
      records.commit({ check: [{ ...at, version: first.version }], put: [{ ...at, value }] });
    assert.deepEqual([await write("one"), await write("two")], [true, false]);
    const second = (await records.get(labels, key))!;
    assert.equal(second.value, "one");
    assert.notEqual(second.version, first.version);
    // A record that is deleted and created again has a new version.
    await records.commit({ delete: [at] });
    assert.equal(await write("gone"), false);
    await put(records, key, "made");
    assert.equal(await write("again"), false);
    assert.equal(
      await records.commit({
        check: [{ ...at, version: second.version }],
        add: [{ collection: notes, key, by: 1 }],
      }),
      false,
    );
    assert.equal(await records.counter(notes, key), 0);
  });

  contractTest("a commit over several collections is made whole or not at all", async (store) => {
    const { records } = store;
    await put(records, ["asha", "old"], "old");
    const changes = {
      put: [{ collection: labels, key: ["asha", "1"], value: 1 }, {
        collection: notes,
        key: ["asha", "1"],
        value: 2,
      }],
      delete: [{ collection: labels, key: ["asha", "old"] }],
      add: [{ collection: labels, key: ["asha"], by: 3 }],
    };
    const check = [{ collection: notes, key: ["asha", "none"], version: "some" }];
    assert.equal(await records.commit({ ...changes, check }), false);
    assert.deepEqual(await keysOf(records, ["asha"]), [["asha", "old"]]);
    assert.equal(await records.counter(labels, ["asha"]), 0);
    assert.equal(await records.commit(changes), true);
    assert.deepEqual(await keysOf(records, ["asha"]), [["asha", "1"]]);
    assert.equal((await records.get(notes, ["asha", "1"]))?.value, 2);
    assert.equal(await records.counter(labels, ["asha"]), 3);
  });

  contractTest("of 64 who change one record at once, none loses what another wrote", async (store) => {
    const { records } = store;
    const at = { collection: labels, key: ["asha", "list"] };
    await Promise.all(
      numbers(64).map((n) => updateRecord(records, at, (now) => [...(now as number[] | undefined ?? []), n])),
    );
    const { value } = (await records.get(labels, at.key))!;
    assert.deepEqual((value as number[]).toSorted((a, b) => a - b), numbers(64));
  });

  contractTest("of 64 who make one record at once, one makes it", async (store) => {
    const at = { collection: labels, key: ["asha", "first"] };
    const made = await Promise.all(
      numbers(64).map((value) =>
        store.records.commit({ check: [{ ...at, version: undefined }], put: [{ ...at, value }] })
      ),
    );
    assert.equal(made.filter(Boolean).length, 1);
    assert.equal((await store.records.get(labels, at.key))?.value, made.indexOf(true) + 1);
  });

  contractTest(
    "counters are summed whoever adds, up and down, and listed in order",
    async (store, opened) => {
      const { records } = store;
      const at = (day: string) => ({ collection: labels, key: ["asha", day] });
      await Promise.all(
        numbers(64).map((n) => records.commit({ add: [{ ...at("mon"), by: n }, { ...at("tue"), by: -1 }] })),
      );
      for (const reopen of [false, true]) {
        const sums = reopen ? (await opened.reopen()).records : records;
        assert.deepEqual(await sums.counters(labels, ["asha"], { limit: 10 }), [
          { key: ["asha", "mon"], value: 2_080 },
          { key: ["asha", "tue"], value: -64 },
        ]);
        const page = { limit: 10, after: ["asha", "tue"], reverse: true };
        assert.deepEqual(await sums.counters(labels, ["asha"], page), [{
          key: ["asha", "mon"],
          value: 2_080,
        }]);
        assert.equal(await sums.counter(labels, ["asha", "wed"]), 0);
      }
    },
  );

  contractTest(
    "all records and counters under a prefix are removed, and no others, while others write",
    async (store) => {
      const { records } = store;
      const many = isFull ? 20_000 : 2_000, atOnce = 400;
      for (let i = 0; i < many; i += atOnce) {
        const some = numbers(atOnce).map((n) => ({
          collection: labels,
          key: ["asha", `${i + n}`],
          value: n,
        }));
        await records.commit({ put: some });
      }
      await records.commit({ add: [{ collection: labels, key: ["asha", "count"], by: 1 }] });
      await put(records, ["asha"], "its own");
      await put(records, ["asha2", "1"], "stays");
      await put(records, ["asha", "1"], "stays", notes);
      let written = 0, isGone = false;
      const gone = records.deleteAll(labels, ["asha"]).then(() => isGone = true);
      while (!isGone) written += Number(await put(records, ["bruno", `${written}`], written));
      await gone;
      assert.deepEqual(await keysOf(records, ["asha"]), []);
      assert.equal(await records.counter(labels, ["asha", "count"]), 0);
      assert.deepEqual(await keysOf(records, ["asha2"]), [["asha2", "1"]]);
      assert.equal((await records.get(notes, ["asha", "1"]))?.value, "stays");
      assert.equal((await keysOf(records, ["bruno"], { limit: 100_000 })).length, written);
      assert.ok(written > 1, "others write meanwhile");
    },
  );

  contractTest("what some engine could not store is refused before any is asked", async (store) => {
    const { records } = store;
    const at = (key: RecordKey) => ({ collection: labels, key });
    const text = (bytes: number) => "x".repeat(bytes - 2);
    await put(records, ["asha", "full"], text(recordLimits.valueBytes));
    await put(records, ["asha", "🦊".repeat(200)], "é".repeat(recordLimits.valueBytes / 2 - 1));
    await put(records, ["asha", "half a character"], "\ud800");
    assert.equal((await records.get(labels, ["asha", "half a character"]))?.value, "\ud800");
    const refused: Record<string, Parameters<Records["commit"]>[0]> = {
      "a long value": { put: [{ ...at(["asha"]), value: text(recordLimits.valueBytes + 1) }] },
      "a long value of other scripts": { put: [{ ...at(["asha"]), value: "न".repeat(20_480) }] },
      "no JSON": { put: [{ ...at(["asha"]), value: undefined }] },
      "a key without parts": { put: [{ ...at([]), value: 1 }] },
      "a NUL in a key": { put: [{ ...at(["a\0b"]), value: 1 }] },
      "half a character in a key": { delete: [at(["a\ud800"])] },
      "a long key": { put: [{ ...at(["x".repeat(recordLimits.keyBytes)]), value: 1 }] },
      "one record twice": { put: [{ ...at(["a"]), value: 1 }], delete: [at(["a"])] },
      "no whole number": { add: [{ ...at(["a"]), by: 0.5 }] },
      "too many checks": { check: numbers(101).map((n) => ({ ...at([`${n}`]), version: undefined })) },
      "too many changes": { delete: numbers(501).map((n) => at([`${n}`])) },
      "too much": { put: numbers(9).map((n) => ({ ...at([`${n}`]), value: text(recordLimits.valueBytes) })) },
    };
    for (const [what, commit] of Object.entries(refused)) {
      await assert.rejects(records.commit(commit), RangeError, what);
    }
    await assert.rejects(records.get(labels, ["a\0b"]), RangeError);
    assert.equal((await keysOf(records, [])).length, 3);
    const most = numbers(500).map((n) => ({ ...at(["bruno", `${n}`]), value: n }));
    const check = numbers(100).map((n) => ({ ...at(["bruno", `${n}`]), version: undefined }));
    assert.equal(await records.commit({ check, put: most }), true);
  });

  contractTest("a closed store refuses records as well", async (store) => {
    await put(store.records, ["asha", "1"], 1);
    await store.close();
    await assert.rejects(store.records.get(labels, ["asha", "1"]), Unavailable);
    await assert.rejects(put(store.records, ["asha", "1"], 2), Unavailable);
    await assert.rejects(store.records.list(labels, [], { limit: 1 }), Unavailable);
  });
}

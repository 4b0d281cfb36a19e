import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../../db/open.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import type { Store } from "../../../db/store.ts";
import { draft, numbers, send, sendMany, veraAtAsha, veraAtBruno } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";
import { LoopLag } from "./loop_lag.ts";

/** Number of messages to search. */
const many = Deno.env.get("PARLOR_FULL_TESTS") === "1" ? 1_000_000 : 30_000;

const search = (store: Store, q: string, limit = 20) =>
  store.searchMessages("asha", { phrases: parsePhrases(q), limit });
const find = async (store: Store, q: string) =>
  (await search(store, q)).found.map(({ message }) => message.content);

const indexOf = (file: DatabaseFile) => `${file.folder}/data/parlor-search.db`;

/** Waits until the index contains every message. */
async function settled(store: Store, file: DatabaseFile): Promise<void> {
  await search(store, "anything");
  const last = using(file.path, "SELECT max(key) AS value FROM messages");
  while (using(indexOf(file), "SELECT value FROM meta WHERE name = 'watermark'") !== last) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function using(path: string, query: string): number {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  try {
    return Number(db.prepare(query).get()?.value);
  } finally {
    db.close();
  }
}

function execute(path: string, commands: string): void {
  const db = new DatabaseSync(path);
  db.exec(commands);
  db.close();
}

/** Closes the store, runs `act` on its files and opens it again. */
async function afterwards(file: DatabaseFile, store: Store, act: () => void): Promise<Store> {
  await store.close();
  act();
  return await openStore(file.url);
}

const accidents: Record<string, (file: DatabaseFile) => void> = {
  "is lost": (file) => Deno.removeSync(indexOf(file)),
  "is no database": (file) => Deno.writeTextFileSync(indexOf(file), "x".repeat(20_000)),
  "has broken pages": (file) => {
    const opened = Deno.openSync(indexOf(file), { write: true });
    opened.seekSync(4_096, Deno.SeekMode.Start);
    opened.writeSync(new Uint8Array(16_384).fill(7));
    opened.close();
  },
  "is of another life": (file) => {
    execute(
      indexOf(file),
      "UPDATE meta SET value = 'another' WHERE name = 'epoch'; INSERT INTO found (found) VALUES ('delete-all')",
    );
  },
  "is ahead of the messages": (file) => {
    execute(
      indexOf(file),
      "UPDATE meta SET value = '999999' WHERE name = 'watermark'; INSERT INTO found (found) VALUES ('delete-all')",
    );
  },
  "was behind when the process ended": (file) => {
    execute(
      indexOf(file),
      "UPDATE meta SET value = '0' WHERE name = 'watermark'; INSERT INTO found (found) VALUES ('delete-all')",
    );
  },
};

for (const [accident, happen] of Object.entries(accidents)) {
  Deno.test(`an index that ${accident} is made anew from the messages`, async () => {
    using file = new DatabaseFile();
    let store = await openStore(file.url, { onTrouble: () => {} });
    await send(store, veraAtAsha, "the first tea");
    await sendMany(store, veraAtAsha, 700);
    await settled(store, file);
    store = await afterwards(file, store, () => happen(file));
    await settled(store, file);
    await send(store, veraAtAsha, "the last tea");
    assert.deepEqual(await find(store, "tea"), ["the last tea", "the first tea"]);
    assert.equal((await search(store, "tea")).complete, true);
    assert.deepEqual(await find(store, "512"), ["512"]);
    await store.close();
  });
}

Deno.test("a room whose removal was cut short is gone at the next start, from the index too", async () => {
  using file = new DatabaseFile();
  let store = await openStore(file.url);
  await sendMany(store, veraAtAsha, 50);
  await send(store, veraAtBruno, "mine stays");
  await settled(store, file);
  store = await afterwards(file, store, () => {
    execute(
      file.path,
      "INSERT INTO doomed (room, admin) SELECT key, admin FROM rooms WHERE admin = 'asha'; DELETE FROM rooms WHERE admin = 'asha'",
    );
  });
  assert.equal((await store.openRoom(veraAtAsha, 0)).created, true);
  while (using(file.path, "SELECT count(*) AS value FROM doomed") > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(using(file.path, "SELECT count(*) AS value FROM messages"), 1);
  assert.deepEqual(await find(store, "7"), []);
  assert.equal((await store.appendMessage(draft(veraAtAsha, "7"))).message.seq, 1);
  assert.deepEqual(await find(store, "7"), ["7"]);
  await store.close();
});

Deno.test(`a common word among ${many.toLocaleString("en")} messages answers within 50 ms, and no send waits for it`, async (t) => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const consumers = numbers(500).map((n) => ({ admin: n % 5 ? "asha" : "bruno", consumer: `visitor-${n}` }));
  const words = "the order is not here and my message to you about a parcel got no answer please help".split(
    " ",
  );
  for (let n = 0; n < many; n += 1_000) {
    await Promise.all(
      numbers(1_000).map((k) => {
        const content = numbers(9).map((w) => words[(n * 7 + k * w * w + (k >> 3)) % words.length]).join(" ");
        return store.appendMessage(draft(consumers[(n + k) % 500]!, `${content} ${n + k}`));
      }),
    );
  }
  await settled(store, file);
  const timed: Record<string, number> = {};
  for (
    const q of ["message", "mess", "the order", '"order is"', "th", String(many - 3), "parcel the mess"]
  ) {
    const times: number[] = [];
    for (const _ of numbers(9)) {
      const began = performance.now();
      const { found, complete } = await search(store, q);
      times.push(performance.now() - began);
      assert.ok(complete && found.length > 0, q);
    }
    timed[q] = times.sort((a, b) => a - b)[4]!;
  }
  const lag = new LoopLag();
  const sends: number[] = [];
  for (const n of numbers(100)) {
    const searching = search(store, n % 2 ? "message" : "mess");
    const began = performance.now();
    await store.appendMessage(draft(consumers[n]!, "meanwhile"));
    sends.push(performance.now() - began);
    await searching;
  }
  const stood = lag.stop();
  sends.sort((a, b) => a - b);
  await store.close();
  const said = Object.entries(timed).map(([q, ms]) => `${q} ${ms.toFixed(1)}`).join(" · ");
  console.log(
    `  medians in ms: ${said}; sends p50 ${sends[50]!.toFixed(1)}, p99 ${sends[99]!.toFixed(1)}; loop ${
      stood.toFixed(0)
    }`,
  );
  await t.step("a common word", () => assert.ok(timed["message"]! < 50, `${timed["message"]} ms`));
  await t.step("its beginning", () => assert.ok(timed["mess"]! < 100, `${timed["mess"]} ms`));
  await t.step("sends", () => assert.ok(sends[95]! < 50, `${sends[95]} ms`));
});

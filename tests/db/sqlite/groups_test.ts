import assert from "node:assert/strict";
import { sqliteMigrations } from "../../../db/migrations/sqlite.ts";
import { connect } from "../../../db/sqlite/connection.ts";
import { migrate } from "../../../db/sqlite/migrate.ts";
import { RoomMemory } from "../../../db/sqlite/room_memory.ts";
import { WriteQueue } from "../../../db/sqlite/write_queue.ts";
import { numbers } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

/** A queue with its own database, and a table of unique numbers to write to. */
function withQueue(test: (queue: WriteQueue, insert: (n: number) => Promise<number>) => Promise<void>) {
  return async () => {
    using file = new DatabaseFile();
    Deno.mkdirSync(`${file.folder}/data`);
    const db = connect(file.path);
    migrate(db, [...sqliteMigrations, { name: "n", sql: "CREATE TABLE numbers (n INTEGER PRIMARY KEY)" }]);
    const queue = new WriteQueue(db, new RoomMemory(db), () => true);
    const insert = db.prepare("INSERT INTO numbers VALUES (?)");
    const answers = (n: number) =>
      queue.write(() => {
        insert.run(n);
        return n;
      });
    await test(queue, answers);
    await queue.close();
    db.close();
  };
}

function countCommits(queue: WriteQueue): () => number {
  let commits = 0;
  queue.onCommit = () => commits++;
  return () => commits;
}

Deno.test(
  "what arrives in one turn of the event loop is one transaction",
  withQueue(async (queue, insert) => {
    const commits = countCommits(queue);
    assert.deepEqual(await Promise.all(numbers(100).map(insert)), numbers(100));
    assert.equal(commits(), 1);
    await insert(101);
    assert.equal(commits(), 2);
  }),
);

Deno.test(
  "nobody is answered before the commit",
  withQueue(async (queue, insert) => {
    const order: string[] = [];
    queue.onCommit = () => order.push("commit");
    await Promise.all(numbers(3).map((n) => insert(n).then(() => order.push(`answer ${n}`))));
    assert.deepEqual(order, ["commit", "answer 1", "answer 2", "answer 3"]);
  }),
);

Deno.test(
  "writes that fail do so alone, each answered in the order of the calls",
  withQueue(async (_, insert) => {
    await insert(2);
    const order: string[] = [];
    const settled = numbers(4).map((n) =>
      insert(n).then(() => order.push(`${n} written`), () => order.push(`${n} refused`))
    );
    await Promise.all(settled);
    assert.deepEqual(order, ["1 written", "2 refused", "3 written", "4 written"]);
  }),
);

Deno.test(
  "a long queue is written in several transactions, so that no turn takes long",
  withQueue(async (queue, insert) => {
    const commits = countCommits(queue);
    await Promise.all(numbers(2_000).map(insert));
    assert(commits() > 1 && commits() <= 20, `${commits()} commits`);
  }),
);

Deno.test(
  "held writes wait, and then go on in their order",
  withQueue(async (queue, insert) => {
    const commits = countCommits(queue);
    queue.pause();
    const order: number[] = [];
    const writes = numbers(5).map((n) => insert(n).then((n) => order.push(n)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(commits(), 0);
    queue.resume();
    await Promise.all(writes);
    assert.deepEqual(order, numbers(5));
  }),
);

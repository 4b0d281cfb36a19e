import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { RecentAppends } from "../../db/recent_appends.ts";
import { draft } from "../db/contract/fixtures.ts";
import { eventually } from "../harness/eventually.ts";
import { Parlor } from "../harness/parlor.ts";
import { noPostgres, PostgresServer } from "../harness/postgres.ts";
import { sanitized } from "../harness/sanitized.ts";
import { unless } from "../harness/test_unless.ts";

const isThere = await PostgresServer.isThere();
const key = { admin: "asha", consumer: "vera" };

async function statusOf(parlor: Parlor): Promise<number> {
  const response = await fetch(`${parlor.address}/readyz`);
  await response.body?.cancel();
  return response.status;
}

const becomes = (parlor: Parlor, status: number) =>
  eventually(async () => await statusOf(parlor) === status, { ms: 8_000, state: () => `${status}` });

function test(name: string, act: (server: PostgresServer) => Promise<void>): void {
  Deno.test({
    ...unless(!isThere && noPostgres, `postgres: ${name}`),
    ...sanitized,
    async fn() {
      const server = (await PostgresServer.start())!;
      await act(server).finally(() => server[Symbol.asyncDispose]());
    },
  });
}

/** Writes continuously, regardless of the results. */
function writing(parlor: Parlor) {
  let isOver = false, stored = 0;
  const { store } = parlor.running.service.chat;
  const all = (async () => {
    while (!isOver) {
      await store.appendMessage(draft(key, "hello")).then(() => stored++, () => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return { stored: () => stored, end: () => (isOver = true, all) };
}

for (const isBusy of [true, false]) {
  test(`ready is not said while the messages' table is locked, ${isBusy ? "busy" : "idle"}, and is after`, async (server) => {
    const url = server.schema();
    await using parlor = await Parlor.start({ DATABASE_URL: url });
    const writer = isBusy ? writing(parlor) : undefined;
    await becomes(parlor, 200);
    const held = Promise.withResolvers<void>(), locked = Promise.withResolvers<void>();
    const holding = server.do((sql) =>
      sql.begin(async (sql) => {
        await sql`LOCK TABLE messages IN ACCESS EXCLUSIVE MODE`;
        locked.resolve();
        await held.promise;
      }), url);
    await locked.promise;
    await becomes(parlor, 503);
    const asked = performance.now();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => statusOf(parlor)));
    assert.deepEqual(new Set(statuses), new Set([503]));
    assert(performance.now() - asked < 5_000);
    held.resolve();
    await holding;
    await becomes(parlor, 200);
    await writer?.end();
  });
}

test("whatever hinders an append is seen: such as a trigger", async (server) => {
  const url = server.schema();
  await using parlor = await Parlor.start({ DATABASE_URL: url });
  await becomes(parlor, 200);
  await server.do(
    (sql) =>
      sql.unsafe(`CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END';
      CREATE TRIGGER no BEFORE INSERT ON messages EXECUTE FUNCTION no()`),
    url,
  );
  await becomes(parlor, 503);
  await server.do((sql) => sql.unsafe("DROP TRIGGER no ON messages"), url);
  await becomes(parlor, 200);
  const [left] = await server.do((sql) => sql`SELECT (SELECT count(*) FROM rooms)::int AS n`, url);
  assert.equal(left!.n, 0, "nothing is left of what was tried");
});

test("with no free connection ready is said for as long as messages are stored", async (server) => {
  await server.do((sql) => sql`ALTER SYSTEM SET max_connections = 12`);
  await server.do((sql) => sql`ALTER SYSTEM SET max_wal_senders = 0`);
  await server.pause("INT");
  await server.resume();
  await using parlor = await Parlor.start({ DATABASE_URL: server.schema() });
  const writer = writing(parlor);
  await eventually(() => writer.stored() > 5);
  const { default: postgres } = await import("postgres");
  const others = postgres(server.url(), { max: 12, onnotice: () => {}, backoff: () => 0.1 });
  let isOver = false;
  // One that was rejected tries again: it takes a connection that the service closes because it is idle.
  const sleeping = Array.from({ length: 12 }, async () => {
    while (!isOver) {
      await others`SELECT pg_sleep(60)`.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  // The server rejects new connections.
  await eventually(() => server.do((sql) => sql`SELECT 1`).then(() => false, () => true));
  const before = writer.stored();
  for (let times = 0; times < 20; times++) {
    assert.equal(await statusOf(parlor), 200);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert(writer.stored() > before + 5);
  isOver = true;
  await others.end({ timeout: 0 });
  await Promise.all(sleeping);
  await writer.end();
});

Deno.test("sqlite: ready is not said while another program holds the file, and is after", async () => {
  await using parlor = await Parlor.start();
  await becomes(parlor, 200);
  const path = `${parlor.folder}/parlor.db`;
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  await becomes(parlor, 503);
  other.exec("ROLLBACK; CREATE TRIGGER no BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'no'); END");
  await becomes(parlor, 503);
  other.exec("DROP TRIGGER no");
  await becomes(parlor, 200);
  other.close();
});

Deno.test("the latest appends say what the next one meets; old ones nothing", () => {
  let now = 10_000;
  const appends = new RecentAppends(() => now);
  assert.equal(appends.verdict, undefined);
  appends.note(true);
  assert.equal(appends.verdict, true);
  appends.note(false);
  assert.equal(appends.verdict, false);
  now += 900;
  for (let i = 0; i < 5; i++) appends.note(true);
  assert.equal(appends.verdict, true);
  now += 1_100;
  assert.equal(appends.verdict, undefined);
  appends.note(false);
  assert.equal(appends.verdict, false);
});

import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { Cutter } from "../db/postgres/cutter.ts";
import { draft, send, veraAtAsha } from "../db/contract/fixtures.ts";
import { eventually } from "../harness/eventually.ts";
import { noPostgres, PostgresServer } from "../harness/postgres.ts";
import { sanitized } from "../harness/sanitized.ts";
import { sleep } from "./conversations.ts";
import { Cluster } from "./cluster.ts";
import { unless } from "../harness/test_unless.ts";

const isThere = await PostgresServer.isThere();

/** A primary with a standby, behind one address that leads to either. */
class Pair implements AsyncDisposable {
  private constructor(
    readonly primary: PostgresServer,
    readonly standby: PostgresServer,
    readonly way: Cutter,
  ) {}

  static async start(): Promise<Pair> {
    const primary = (await PostgresServer.start())!;
    const standby = await primary.standby();
    return new Pair(primary, standby, new Cutter({ hostname: "127.0.0.1", port: primary.port }));
  }

  get url(): string {
    return this.way.url(this.primary.url());
  }

  /** Waits until the standby has everything that the primary has. */
  async caughtUp(): Promise<void> {
    const [row] = await this.primary.do((sql) => sql`SELECT pg_current_wal_lsn()::text AS lsn`);
    await eventually(() =>
      this.standby.do(async (sql) =>
        (await sql`SELECT pg_last_wal_replay_lsn() >= ${row!.lsn}::pg_lsn AS yes`)[0]!.yes as boolean
      )
    );
  }

  /** Stops replication to the standby. */
  async fallBehind(): Promise<void> {
    await this.standby.do((sql) => sql`ALTER SYSTEM SET primary_conninfo = ''`);
    await this.standby.do((sql) => sql`SELECT pg_reload_conf()`);
    await eventually(() =>
      this.standby.do(async (sql) => (await sql`SELECT FROM pg_stat_wal_receiver`).length === 0)
    );
  }

  /** Ends the primary and promotes the standby. */
  async failOver(): Promise<void> {
    await this.primary.pause("QUIT");
    this.way.target.port = this.standby.port;
    await this.standby.do((sql) => sql`SELECT pg_promote()`);
  }

  async [Symbol.asyncDispose]() {
    await this.way[Symbol.asyncDispose]();
    await this.standby[Symbol.asyncDispose]();
    await this.primary.resume();
    await this.primary[Symbol.asyncDispose]();
  }
}

function test(name: string, act: () => Promise<void>): void {
  Deno.test({ ...unless(!isThere && noPostgres, `postgres: ${name}`), ...sanitized, fn: act });
}

test("a standby that was behind takes over: the epoch changes once, for all stores, idle or not", async () => {
  await using pair = await Pair.start();
  let changes = 0;
  const stores = await Promise.all(
    [1, 2].map(() => openStore(pair.url, { onNewEpoch: () => changes++ })),
  );
  const [busy, idle] = stores as [typeof stores[0], typeof stores[0]];
  const before = busy!.epoch;
  assert.equal(idle!.epoch, before);
  await send(busy!, veraAtAsha, "kept");
  await pair.caughtUp();
  await pair.fallBehind();
  await send(busy!, veraAtAsha, "lost", "lost as well");
  await pair.failOver();
  await eventually(() => changes === 2);
  assert.notEqual(busy!.epoch, before);
  assert.equal(busy!.epoch, idle!.epoch);
  assert.equal((await busy!.appendMessage(draft(veraAtAsha, "after"))).message.seq, 2);
  const later = await openStore(pair.url);
  assert.equal(later.epoch, busy!.epoch, "the epoch changed again, without a reason");
  await Promise.all([later.close(), ...stores.map((store) => store!.close())]);
});

test("a restart or a crash of the same server changes no epoch", async () => {
  const server = (await PostgresServer.start())!;
  let changes = 0;
  const store = await openStore(server.url(), { onNewEpoch: () => changes++ });
  const before = store.epoch;
  for (const how of ["INT", "QUIT"] as const) {
    await server.pause(how);
    await server.resume();
    await eventually(() => store.ready().then(() => true, () => false));
  }
  assert.deepEqual([store.epoch, changes], [before, 0]);
  await store.close();
  await server[Symbol.asyncDispose]();
});

test("after failover to a standby that was behind all clients show one list, and every send is answered", async () => {
  await using pair = await Pair.start();
  await using cluster = await Cluster.start(2, pair.url);
  const rooms = [0, 1, 2, 3].map((i) =>
    cluster.room(crypto.randomUUID(), { visitor: i % 2, asha: (i + 1) % 2 })
  );
  const sides = rooms.flatMap(({ visitor, asha }) => [visitor, asha]);
  let isOver = false, hasFailed = false, count = 0;
  /** Written after the failover: none of these may be lost. */
  const late: string[] = [];
  const writing = sides.map(async (side) => {
    while (!isOver) {
      const content = `message ${++count}`;
      side.write(content);
      if (hasFailed) late.push(content);
      await sleep(60);
    }
  });
  await sleep(1_500);
  await pair.caughtUp();
  await pair.fallBehind();
  const atLeast = count + 60;
  await eventually(() => count >= atLeast);
  await pair.failOver();
  hasFailed = true;
  await sleep(4_000);
  isOver = true;
  await Promise.all(writing);
  await eventually(() => sides.every(({ isSettled }) => isSettled), { ms: 60_000 });
  const listOf = (side: typeof sides[0]) =>
    side.messages.map(({ seq, content, author }) => `${seq} ${author}: ${content}`);
  await eventually(
    () => rooms.every(({ visitor, asha }) => String(listOf(visitor)) === String(listOf(asha))),
    {
      ms: 60_000,
      state: () => JSON.stringify(rooms.map(({ visitor, asha }) => [listOf(visitor), listOf(asha)])),
    },
  );
  const shown = new Set(sides.flatMap(({ messages }) => messages.map(({ content }) => content)));
  assert.deepEqual(late.filter((content) => !shown.has(content)), []);
  assert(late.length > 0);
});

import assert from "node:assert/strict";
import { openBus } from "../../../db/open_bus.ts";
import { CannotOpen, Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import type { PostgresServer } from "../../harness/postgres.ts";
import { eventually } from "../../harness/eventually.ts";
import { draft, numbers, send, sendMany, veraAtAsha } from "../contract/fixtures.ts";
import { noPooler, Pooler, type PoolMode } from "./pooler.ts";
import { testPostgres } from "./server.ts";

/** Session settings of Parlor that poolers are commonly configured to ignore. */
const settings = [
  ...["search_path", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
  ...["synchronous_commit", "enable_seqscan", "enable_hashjoin", "enable_mergejoin"],
];

if (noPooler) console.log(`The tests of poolers are skipped: ${noPooler}`);

function test(name: string, act: (server: PostgresServer) => Promise<void>): void {
  testPostgres(name, noPooler ? undefined : act);
}

async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then((store) => store.close(), (error) => error);
  assert(error instanceof CannotOpen, `not refused, but ${error}`);
  assert.doesNotMatch(error.message + error.stack, /only.*for.*tests/);
  return error.message;
}

for (const mode of ["transaction", "statement"] as PoolMode[]) {
  for (const ignored of [settings, []]) {
    const what = ignored.length ? "ignores the settings" : "refuses the settings";
    test(`a pooler in ${mode} mode that ${what} is refused with the reason`, async (server) => {
      await using pooler = await Pooler.start(server, mode, { ignored });
      const url = pooler.url(server.schema());
      const said = await refusal(url);
      assert.match(
        said,
        /a pooler that does not keep sessions \(.*(backend|refuses a transaction|prepared statement).*\)/,
      );
      assert.match(said, /session mode/);
      await assert.rejects(openBus(url, { instance: "one" }), /does not keep sessions/);
      assert.match(await refusal(`${url}&pgbouncer=true`), /does not keep sessions/);
      const [made] = await server.do((sql) =>
        sql`SELECT count(*)::int AS n FROM pg_class WHERE relname = 'messages' AND relnamespace = 'public'::regnamespace`
      );
      assert.equal(made!.n, 0, "tables were made before it was refused");
    });
  }
}

for (const ignored of [settings, []]) {
  const what = ignored.length ? "ignores the settings" : "refuses the settings";
  test(`a pooler in session mode that ${what} carries everything, with the settings`, async (server) => {
    await using pooler = await Pooler.start(server, "session", { ignored });
    const url = pooler.url(server.schema());
    const stores = await Promise.all([openStore(url), openStore(url)]);
    await Promise.all(stores.map((store) => sendMany(store, veraAtAsha, 100)));
    assert.deepEqual(
      (await stores[0]!.messagesAfter(veraAtAsha, 0, 500)).map(({ seq }) => seq),
      numbers(200),
    );
    const heard = Promise.withResolvers<number>();
    const [one, two] = await Promise.all([
      openBus(url, { instance: "one" }),
      openBus(url, { instance: "two" }),
    ]);
    await two!.listen({
      followed: () => ({ rooms: [], admins: [] }),
      followedAdmins: () => [],
      heard: (_, seq) => heard.resolve(seq),
      onEphemeral: () => {},
      swept: () => Promise.resolve(),
      missed: () => {},
    });
    one!.notify(veraAtAsha, 200);
    assert.equal(await heard.promise, 200);
    await Promise.all([one!.close(), two!.close(), ...stores.map((store) => store.close())]);
  });
}

test("a pooler that comes back in transaction mode is not used, and in session mode again it is", async (server) => {
  await using pooler = await Pooler.start(server, "session", { ignored: settings });
  const told: string[] = [];
  const store = await openStore(pooler.url(server.schema()), { onTrouble: (what) => told.push(what) });
  await send(store, veraAtAsha, "before");
  await pooler.end();
  await pooler.configure("transaction", settings);
  await pooler.run();
  await eventually(() => Promise.resolve(told.some((what) => /does not keep sessions/.test(what))));
  await assert.rejects(store.appendMessage(draft(veraAtAsha, "lost")), Unavailable);
  await assert.rejects(store.ready(), Unavailable);
  await pooler.end();
  await pooler.configure("session", settings);
  await pooler.run();
  await eventually(() => store.ready().then(() => true, () => false));
  assert.equal((await store.appendMessage(draft(veraAtAsha, "after"))).message.seq, 2);
  await store.close();
});

testPostgres("?pgbouncer=true of a server without a pooler is proved as well, and served", async (server) => {
  const store = await openStore(`${server.schema()}&pgbouncer=true`);
  await send(store, veraAtAsha, "hello");
  await store.close();
});

testPostgres("what the server says of a refusal is repeated", async (server) => {
  assert.match(
    await refusal(server.url("nowhere")),
    /no such database; it says "database "nowhere" does not exist"/,
  );
});

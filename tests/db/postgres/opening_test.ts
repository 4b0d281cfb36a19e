import assert from "node:assert/strict";
import { CannotOpen } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import type { PostgresServer } from "../../harness/postgres.ts";
import { numbers, send, veraAtAsha } from "../contract/fixtures.ts";
import { testPostgres } from "./server.ts";

/** The error message for an operator who starts the service with this DATABASE_URL. */
async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then((store) => store.close(), (error) => error);
  assert(error instanceof CannotOpen, `${url} was not refused, but ${error}`);
  assert.match(error.message, /^DATABASE_URL: /);
  assert.doesNotMatch(error.message + error.stack, /hunter2|only.*for.*tests/);
  return error.message;
}

/** The URL with a change applied. */
function changed(url: string, change: (url: URL) => void): string {
  const other = new URL(url);
  change(other);
  return other.href;
}

testPostgres("ten that open an empty database at once make one schema", async (server) => {
  const url = await server.database();
  const stores = await Promise.all(numbers(10).map(() => openStore(url)));
  assert.equal(new Set(stores.map(({ epoch }) => epoch)).size, 1);
  await Promise.all(stores.map((store) => send(store, veraAtAsha, "hello")));
  assert.equal((await stores[0]!.room(veraAtAsha))?.head, 10);
  await Promise.all(stores.map((store) => store.close()));
});

testPostgres("a server that does not answer is named, and what it does not do", async (server) => {
  const closed = changed(server.url(), (url) => url.port = "1");
  assert.match(await refusal(closed), /127\.0\.0\.1:1\/postgres: no answer \(ECONNREFUSED\)/);
  const unknown = changed(server.url(), (url) => url.hostname = "db.invalid");
  assert.match(await refusal(unknown), /db\.invalid:\d+\/postgres: no answer \(\w+\)/);
});

testPostgres("a wrong password, user or database is told apart", async (server) => {
  assert.match(
    await refusal(server.url("postgres", { password: "hunter2" })),
    /refuses the user or the password/,
  );
  assert.match(
    await refusal(server.url("postgres", { user: "mallory" })),
    /refuses the user or the password/,
  );
  assert.match(await refusal(server.url("nowhere")), /there is no such database/);
});

testPostgres("a user who may make nothing is refused, and served once all is there", async (server) => {
  const url = await server.database();
  await server.do((sql) => sql.unsafe("CREATE ROLE victor LOGIN PASSWORD 'hunter2'"));
  const victors = changed(url, (url) => [url.username, url.password] = ["victor", "hunter2"]);
  assert.match(await refusal(victors), /may not create/);
  await (await openStore(url)).close();
  await server.do(
    (sql) =>
      sql.unsafe(`GRANT USAGE ON SCHEMA parlor TO victor; GRANT ALL ON ALL TABLES IN SCHEMA parlor TO victor;
        GRANT ALL ON ALL SEQUENCES IN SCHEMA parlor TO victor`),
    url,
  );
  const store = await openStore(victors);
  await send(store, veraAtAsha, "hello");
  await store.close();
});

testPostgres("a schema of a newer Parlor is not touched", async (server) => {
  const url = server.schema();
  await (await openStore(url)).close();
  await server.do((sql) => sql`UPDATE meta SET version = 1000`, url);
  assert.match(await refusal(url), /version 1000, of a newer Parlor/);
});

testPostgres("a schema of somebody else's is not touched", async (server) => {
  const url = await server.database();
  await server.do((sql) => sql.unsafe("CREATE SCHEMA parlor; CREATE TABLE parlor.birds (name text)"), url);
  assert.match(await refusal(url), /holds tables, but not Parlor's/);
});

testPostgres("one database can hold two Parlors", async (server) => {
  const [one, two] = await Promise.all([openStore(server.schema()), openStore(server.schema())]);
  await send(one, veraAtAsha, "hello");
  assert.equal(await two.room(veraAtAsha), undefined);
  assert.notEqual(one.epoch, two.epoch);
  await Promise.all([one.close(), two.close()]);
});

Deno.test("an address that is none is refused without repeating it", async () => {
  for (
    const url of [
      "postgres:db.example/parlor",
      "postgres:///parlor",
      "postgres://asha:hun/hunter2@db.example/parlor",
      "postgres://asha:hun?hunter2@db.example/parlor",
      "postgres://asha:hun#hunter2@db.example/parlor",
      "postgres://asha:hunter2@db.example:99999/parlor",
      "postgres://asha:%E0%A4%A@hunter2@db.example/parlor",
      "postgresql://asha:hunter2@",
    ]
  ) assert.match(await refusal(url), /takes postgres:\/\/USER:PASSWORD@HOST:PORT\/DATABASE/, url);
  assert.match(
    await refusal("postgres://db.example/parlor?search_path=a,b"),
    /search_path takes one schema's name/,
  );
});

/** Output of a program that gets the server from the PG* variables only. */
async function withVariables(
  server: PostgresServer,
  program: string,
  more: Record<string, string> = {},
): Promise<string> {
  const { hostname, port, username, password } = new URL(server.url());
  const env = { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: decodeURIComponent(password) };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    env: { ...env, PGDATABASE: "postgres", ...more },
    stdout: "piped",
    stderr: "piped",
  });
  const { stdout, stderr } = await child.output();
  return new TextDecoder().decode(stdout.length ? stdout : stderr).trim();
}

testPostgres("with nothing behind the colon the PG* variables say where it is", async (server) => {
  const program = `import { openStore } from ${JSON.stringify(import.meta.resolve("../../../db/open.ts"))};
    const store = await openStore("postgres:"); console.log(store.epoch); await store.close();`;
  assert.match(await withVariables(server, program), /^[0-9a-f]{16}$/);
});

testPostgres("PGSSLMODE says whether the way to the server is encrypted", async (server) => {
  const [address, connect] = ["address", "connect"].map((name) =>
    JSON.stringify(import.meta.resolve(`../../../db/postgres/${name}.ts`))
  );
  const program = `import { readAddress } from ${address}; import { connect } from ${connect};
    const sql = await connect(readAddress(""));
    const [{ ssl }] = await sql\`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()\`.catch((error) => [{ ssl: error.code ?? error.name }]);
    console.log(String(ssl)); await sql.end();`;
  const under = (mode: string) => withVariables(server, program, { PGSSLMODE: mode });
  await server.encrypt();
  assert.deepEqual(
    await Promise.all(["disable", "prefer", "require"].map(under)),
    ["false", "true", "true"],
  );
  assert.match(await under("verify-full"), /^(DEPTH_ZERO_SELF_SIGNED_CERT|InvalidData)$/);
  const verified = `${server.url()}?sslmode=verify-full`;
  assert.match(await refusal(verified), /no answer \((DEPTH_ZERO_SELF_SIGNED_CERT|InvalidData)\)/);
  assert.match(await under("hunter2"), /PGSSLMODE: takes disable/);
});

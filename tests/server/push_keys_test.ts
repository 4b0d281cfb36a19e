import assert from "node:assert/strict";
import { eventually } from "../harness/eventually.ts";
import { Parlor } from "../harness/parlor.ts";
import { PostgresServer } from "../harness/postgres.ts";
import { sanitized } from "../harness/sanitized.ts";

const server = await PostgresServer.start();

/** These tests restart a service on the same data, or start a second one beside it. */
function test(name: string, fn: () => Promise<void>, ignore = false): void {
  Deno.test({ name, ignore, ...sanitized, fn });
}

/** The stored keys; reading them does not create any. */
const kept = ({ running }: Parlor) => running.service.chat.store.kept("push_keys");

/** The stored keys after this instance has answered a request. */
async function keysOf(parlor: Parlor): Promise<string> {
  await parlor.fetch("/healthz");
  await eventually(async () => await kept(parlor) !== undefined);
  return (await kept(parlor))!;
}

async function publicKeyOf(parlor: Parlor): Promise<string> {
  const { cookie } = await parlor.signUp("asha");
  return (await (await parlor.fetch("/messages/api/push", { headers: { cookie } })).json()).key;
}

test("the first start makes the keys for Web Push, after its first answer; later ones find them", async () => {
  await using parlor = await Parlor.start();
  assert.equal(await kept(parlor), undefined, "nobody waited for them");
  const keys = await keysOf(parlor);
  await parlor.restart();
  assert.equal(await keysOf(parlor), keys);
  assert.equal(await publicKeyOf(parlor), JSON.parse(keys).publicKey);
});

test("a service that is stopped right after its first answer has kept its keys", async () => {
  await using parlor = await Parlor.start();
  await parlor.fetch("/healthz");
  await parlor.restart();
  assert.notEqual(await kept(parlor), undefined);
});

/** Starts several instances on one empty store. */
async function together(databaseUrl: string): Promise<void> {
  const env = { DATABASE_URL: databaseUrl };
  const parlors = await Promise.all([1, 2, 3].map(() => Parlor.start(env)));
  await using all = new AsyncDisposableStack();
  parlors.forEach((parlor) => all.use(parlor));
  const keys = await Promise.all(parlors.map(keysOf));
  assert.equal(new Set(keys).size, 1);
  await parlors[0]!.signUp("asha");
  const asked = await Promise.all(parlors.map(({ running }) => running.service.chat.push!.publicKey()));
  assert.deepEqual(asked, keys.map((kept) => JSON.parse(kept).publicKey));
}

test("instances that start at once on Deno KV have the same keys", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await together(`kv:${folder}/parlor.kv`);
  await Deno.remove(folder, { recursive: true });
});

test(
  "instances that start at once on PostgreSQL have the same keys",
  () => together(server!.schema()),
  !server,
);

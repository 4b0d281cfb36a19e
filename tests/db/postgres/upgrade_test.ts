import assert from "node:assert/strict";
import { postgresMigrations } from "../../../db/migrations/postgres.ts";
import { openStore } from "../../../db/open.ts";
import { readAddress } from "../../../db/postgres/address.ts";
import { connect } from "../../../db/postgres/connect.ts";
import { migrate } from "../../../db/postgres/migrate.ts";
import { testPostgres } from "./server.ts";

testPostgres("accounts of the first schema get an id each, and are marked", async (server) => {
  const url = server.schema();
  const address = readAddress(url.slice("postgres:".length));
  const sql = await connect(address);
  await migrate(sql, address, postgresMigrations.slice(0, 1));
  await sql.unsafe(`INSERT INTO accounts VALUES
    ('asha', '$argon2id$', 'asha@example.com', 1000), ('bruno', '$argon2id$', NULL, 2000)`);
  const store = await openStore(url);
  // A process of the former version goes on meanwhile.
  await sql.unsafe(
    `INSERT INTO accounts (username, password, email, created) VALUES ('dora', 'phc', NULL, 3000)`,
  );
  const [asha, bruno, dora] = await Promise.all(["asha", "bruno", "dora"].map((name) => store.account(name)));
  assert.equal(asha!.email, "asha@example.com");
  assert.equal(new Set([asha, bruno, dora].map((account) => account!.id)).size, 3);
  for (const account of [asha, bruno, dora]) {
    assert.match(account!.id, /^[0-9a-f]{32}$/);
    assert.equal(account!.legacy, true);
  }
  await store.createAccount({ username: "carla", password: "phc", created: 1 });
  assert.equal((await store.account("carla"))?.legacy, undefined);
  await sql.end();
  await store.close();
});

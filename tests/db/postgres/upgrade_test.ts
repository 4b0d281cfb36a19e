import assert from "node:assert/strict";
import { postgresMigrations } from "../../../db/migrations/postgres.ts";
import { openStore } from "../../../db/open.ts";
import { readAddress } from "../../../db/postgres/address.ts";
import { connect } from "../../../db/postgres/connect.ts";
import { migrate } from "../../../db/postgres/migrate.ts";
import { Overtaken } from "../../../db/errors.ts";
import type { MessageBy } from "../../../protocol/records.ts";
import { draft, veraAtAsha } from "../contract/fixtures.ts";
import { testPostgres } from "./server.ts";

testPostgres(
  "a process of the former version writes on among messages that carry something",
  async (server) => {
    const url = server.schema();
    const address = readAddress(url.slice("postgres:".length));
    const sql = await connect(address);
    await migrate(sql, address, postgresMigrations.slice(0, 5));
    await sql.unsafe(`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
      VALUES ('room1', 'asha', 'vera', 'open', 1000, 1000, 1, 1, 0);
    INSERT INTO messages (room, seq, admin, side, kind, created, content, attempt)
      SELECT key, 1, 'asha', 'admin', 'text', 1000, 'before', 'one' FROM rooms`);
    const store = await openStore(url);
    const answer = (by: MessageBy, noOtherAfter: number) =>
      store.appendMessage(draft(veraAtAsha, "now", { side: "admin", by, onlyIf: { noOtherAfter } }));
    await assert.rejects(answer("bot", 0), Overtaken);
    await answer({ id: "a1" }, 1);
    await sql.unsafe(`
    UPDATE rooms SET head = 3;
    INSERT INTO messages (room, seq, admin, side, kind, created, content, attempt)
      SELECT key, 3, 'asha', 'admin', 'text', 2000, 'meanwhile', 'two' FROM rooms`);
    await assert.rejects(answer({ id: "a1" }, 2), Overtaken);
    const messages = await store.messagesAfter(veraAtAsha, 0, 10);
    assert.deepEqual(messages.map(({ content, by }) => [content, by]), [
      ["before", undefined],
      ["now", { id: "a1" }],
      ["meanwhile", undefined],
    ]);
    await sql.end();
    await store.close();
  },
);

testPostgres("accounts of the first schema get an id each, and are marked", async (server) => {
  const url = server.schema();
  const address = readAddress(url.slice("postgres:".length));
  const sql = await connect(address);
  await migrate(sql, address, postgresMigrations.slice(0, 1));
  await sql.unsafe(`INSERT INTO accounts VALUES
    ('asha', '$argon2id$', 'asha@example.com', 1000), ('bruno', '$argon2id$', NULL, 2000)`);
  await migrate(sql, address, postgresMigrations.slice(0, 3));
  // A process of the earlier version keeps writing in the meantime.
  await sql.unsafe(
    `INSERT INTO accounts (username, password, email, created) VALUES ('dora', 'phc', NULL, 3000)`,
  );
  const store = await openStore(url);
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

testPostgres("accounts and all that is theirs come over from the schema before", async (server) => {
  const url = server.schema(), address = readAddress(url.slice("postgres:".length));
  const sql = await connect(address);
  await migrate(sql, address, postgresMigrations.slice(0, 5));
  await sql.unsafe(`
    INSERT INTO accounts (username, id, password, email, created, legacy, deleted) VALUES
      ('asha', 'an id', 'phc', 'asha@example.com', 1, false, NULL), ('gone', '', '', NULL, 7, false, 7);
    INSERT INTO sessions VALUES ('one', 'asha', 1000, 9999999999999, 'a browser', '::1', NULL),
      ('ended', 'asha', 900, 9999999999999, NULL, NULL, 950);
    INSERT INTO chatbots VALUES ('asha', '{"title":"Asha''s shop 漢 \\u0000"}', 1500);
    INSERT INTO claims VALUES ('asha', 'ключ ''🦊', 'a browser', 1600);
    INSERT INTO kept VALUES ('secret', 'kept'), ('spent 009999999999999 a proof of ours', 'a mark');
    INSERT INTO visitors VALUES ('asha', 'vera', '{"name":"Vera","verified":true}', 1, 2);
    INSERT INTO pushes VALUES ('https://push.example/1', 'asha', 'p', 'a', 5);`);
  await sql.end();
  const store = await openStore(url);
  const account = { username: "asha", id: "an id", password: "phc", email: "asha@example.com", created: 1 };
  assert.deepEqual(await store.account("asha"), account);
  assert.equal(await store.nameReservedSince("gone"), 7);
  assert.deepEqual((await store.sessions("asha")).map(({ jti, agent }) => [jti, agent]), [[
    "one",
    "a browser",
  ]]);
  assert.deepEqual(await store.session("ended"), {
    ...{ jti: "ended", username: "asha", created: 900, expires: 9999999999999, ended: 950 },
  });
  const title = { title: "Asha's shop 漢 \0" };
  assert.deepEqual(await store.chatbot("asha"), { settings: title, updated: 1500 } as unknown);
  const key = { admin: "asha", consumer: "ключ '🦊" };
  assert.deepEqual([
    await store.claimConsumer(key, "mallory", 1),
    await store.claimConsumer(key, "a browser", 1),
  ], [
    false,
    true,
  ]);
  assert.equal(await store.kept("secret"), "kept");
  assert.equal(await store.spend("a proof of ours", 9999999999999, 1), false);
  const vera = { admin: "asha", consumer: "vera" };
  assert.deepEqual(await store.visitor(vera), { name: "Vera", verified: true, firstSeen: 1, lastSeen: 2 });
  assert.deepEqual((await store.openRoom(vera, 1)).room.visitor, { name: "Vera", verified: true });
  const push = { endpoint: "https://push.example/1", p256dh: "p", auth: "a", created: 5 };
  assert.deepEqual(await store.pushes("asha"), [{ username: "asha", ...push }]);
  await store.savePush({ ...push, username: "bruno" });
  assert.deepEqual(await store.pushes("asha"), [], "an endpoint is found under its own hash");
  await store.close();
});

import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { morning, numbers, send, veraAtAsha, victorAtAsha } from "../contract/fixtures.ts";
import { allRooms } from "../contract/room_list.ts";
import { DatabaseFile } from "./database_file.ts";

const query = { limit: 50, filter: "all", messages: 0 } as const;

Deno.test("a search finds a visitor by a part of the name or email, in any case and script", async () => {
  using file = new DatabaseFile();
  const first = await openStore(file.url);
  await send(first, veraAtAsha, "hello");
  await send(first, victorAtAsha, "hello");
  await first.close();
  const db = file.connect();
  db.exec(
    `UPDATE rooms SET name = 'Vera ÖZTÜRK', email = 'Vera@Example.com', verified = 1 WHERE consumer = 'vera'`,
  );
  db.close();
  const store = await openStore(file.url);
  for (const q of ["öztürk", "VERA Ö", "@example", "EXAMPLE.COM"]) {
    assert.deepEqual(await allRooms(store, "asha", { ...query, q }), ["vera"], q);
  }
  assert.deepEqual(await allRooms(store, "asha", { ...query, q: "%" }), []);
  assert.deepEqual((await store.room(veraAtAsha))?.visitor, {
    name: "Vera ÖZTÜRK",
    email: "Vera@Example.com",
    verified: true,
  });
  await store.close();
});

Deno.test("a search looks at a bounded number of rooms for a page, and goes on from there", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await store.openRoom({ admin: "asha", consumer: "needle" }, morning);
  await Promise.all(
    numbers(4_500).map((n) => store.openRoom({ admin: "asha", consumer: `hay${n}` }, morning + n)),
  );
  const first = await store.rooms("asha", { ...query, q: "needle" });
  assert.deepEqual(first.rooms, []);
  assert(first.cursor);
  assert.deepEqual(await allRooms(store, "asha", { ...query, q: "needle" }), ["needle"]);
  assert.equal((await allRooms(store, "asha", { ...query, q: "hay" })).length, 4_500);
  await store.close();
});

Deno.test("an account's expired sessions go when it signs in again", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const session = { username: "asha", created: morning, expires: morning + 10 };
  await store.openSession({ ...session, jti: "old" });
  await store.openSession({ ...session, jti: "bruno's", username: "bruno" });
  await store.openSession({ ...session, jti: "lasting", expires: morning + 100 });
  await store.openSession({ ...session, jti: "new", created: morning + 20, expires: morning + 120 });
  assert.equal(await store.session("old"), undefined);
  assert.deepEqual((await store.sessions("asha")).map(({ jti }) => jti), ["new", "lasting"]);
  assert(await store.session("bruno's"));
  await store.close();
});

import assert from "node:assert/strict";
import { demoAdmin, demoPassword, demoRooms, seedDemo } from "../../commands/demo/seed_demo.ts";
import type { Frame } from "../harness/client.ts";
import { Parlor, password } from "../harness/parlor.ts";

Deno.test("the demo has its rooms: open, resolved and unread, of many languages, none of them from tomorrow", async () => {
  await using parlor = await Parlor.start();
  const { store, passwords } = parlor.running.service.chat;
  const now = Date.now();
  await seedDemo(store, passwords, now);
  assert.notEqual(demoPassword, password);
  const login = await parlor.post("/accounts/api/login", { username: demoAdmin, password: demoPassword });
  assert.equal(login.status, 200);

  const { token } = await login.json();
  const inbox = await parlor.inbox({ username: demoAdmin, token, cookie: "" });
  const rooms: Frame[] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox.ask({ command: "fetch_rooms", limit: 100, cursor }, "room");
    rooms.push(...page.rooms);
    cursor = page.cursor;
  } while (cursor);
  assert.equal(rooms.length, demoRooms);
  const count = (test: (room: Frame) => boolean) => rooms.filter(test).length;
  assert.ok(count((room) => room.status === "resolved") > 50);
  assert.ok(count((room) => room.unread > 0) > 10);
  assert.ok(rooms.every((room) => Date.parse(room.active) < now));
  const texts = rooms.flatMap((room) => room.messages.map((message: { content: string }) => message.content))
    .join("\n");
  for (const script of ["Latin", "Devanagari", "Arabic", "Hiragana"]) {
    assert.match(texts, new RegExp(`\\p{Script=${script}}`, "u"), script);
  }
  assert.doesNotMatch(texts, /\{\w+\}/, "every blank is filled");
});

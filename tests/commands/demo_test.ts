import assert from "node:assert/strict";
import { demoAdmin, demoPassword, demoRooms, seedDemo } from "../../commands/demo/seed_demo.ts";
import { seedKnowledge } from "../../commands/demo/seed_knowledge.ts";
import type { Frame } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { Parlor, password } from "../harness/parlor.ts";
import { copySources } from "../harness/source_copy.ts";

Deno.test("deno task demo lets its account in, with fewer permissions than the service, and says why where it cannot listen", async () => {
  const folder = await copySources();
  const start = (PORT: string) =>
    new Deno.Command(Deno.execPath(), {
      args: ["task", "demo"],
      cwd: folder,
      env: { PORT, NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  try {
    const demo = start("0");
    let said = "";
    const reading = (async () => {
      for await (const bytes of demo.stdout) said += new TextDecoder().decode(bytes);
    })();
    await eventually(() => said.includes("portal http"), { ms: 120_000, state: () => said });
    const [, address] = /portal (\S+)\/messages \(name demo, password "a warm front room"\)/.exec(said)!;
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ username: demoAdmin, password: demoPassword });
    const login = await fetch(`${address}/accounts/api/login`, { method: "POST", headers, body });
    assert.equal(login.status, 200);
    await login.body?.cancel();
    const second = await start(new URL(address!).port).output();
    assert.equal(second.code, 1);
    const [task, why, ...more] = new TextDecoder().decode(second.stderr).trim().split("\n");
    assert.match(task!, /^Task demo/);
    assert.match(why!, /^HOST, PORT: cannot listen at 127\.0\.0\.1/);
    assert.deepEqual(more, []);
    demo.kill("SIGTERM");
    assert.equal((await demo.status).code, 0);
    await reading;
    await demo.stderr.cancel();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

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

Deno.test("the demo's bot answers what its shop is asked, offers what it may have meant, and hands over what it does not know", async () => {
  await using parlor = await Parlor.start();
  const { chat } = parlor.running.service;
  await seedDemo(chat.store, chat.passwords, Date.now());
  await seedKnowledge(chat);
  const demo = { username: demoAdmin };
  const asked = async (text: string) => {
    const visitor = await parlor.chat(demo, crypto.randomUUID());
    await visitor.say(text);
    const isReply = ({ command, message }: Frame) => command === "new_message" && message.by === "bot";
    await visitor.until(() => visitor.frames.some(isReply), 30_000);
    return visitor.frames.find(isReply)!.message;
  };
  const delivery = await asked("what do you charge for shipping?");
  assert.match(delivery.content, /^Delivery costs 6 €/);
  assert.equal(delivery.extra.type, "answer");
  assert.match((await asked("Was kostet der Versand?")).content, /^Der Versand kostet 6 €/);
  const person = await asked("Can I talk to a person?");
  assert.equal(person.extra, undefined);
  assert.notEqual((await asked("who won the football world cup in 1998")).extra?.type, "answer");
});

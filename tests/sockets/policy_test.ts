import assert from "node:assert/strict";
import { type Admin, Parlor, test, v1 } from "../harness/parlor.ts";

const post = (parlor: Parlor, { token }: Admin, path: string, body: unknown) =>
  parlor.post(path, body, { authorization: `Bearer ${token}` });
const save = (parlor: Parlor, admin: Admin, settings: unknown) =>
  post(parlor, admin, "/chatbot/api", settings);

test("sockets that a new list of origins does not allow are closed, the others stay", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vera = await parlor.visit(asha);
  const from = (origin: string, path: string, token?: string) =>
    parlor.open(path, { protocols: v1(token), headers: { origin } });
  const id = () => `/ws/chat/asha/${crypto.randomUUID()}`;
  const old = [
    await from("https://old.example", id()),
    await from("https://old.example", `/ws/chat/asha/${vera.consumer}`, vera.token),
    await from("https://old.example", "/ws/room/asha"),
  ];
  const own = new URL(parlor.address).origin;
  const others = [await from("https://new.example", id()), await from(own, id()), await parlor.open(id())];
  const inbox = await parlor.inbox(asha);
  for (const socket of [...old, others[0]!, others[1]!]) await socket.next("welcome");

  await save(parlor, asha, { allowed_origins: ["https://new.example"] });
  for (const socket of old) assert.equal(await socket.closed(5_000), 4403);
  for (const socket of others) await socket.ask({ command: "fetch_messages" }, "messages");
  await inbox.ask({ command: "fetch_rooms" }, "room");
});

test("sockets of anonymous visitors are closed when the chatbot begins to want an identity", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vera = await parlor.visit(asha);
  const sockets = [
    await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`),
    await parlor.chat(asha, vera.consumer, vera.token),
    await parlor.open("/ws/room/asha"),
  ];
  const admins = await parlor.chat(asha, vera.consumer, asha.token);
  await save(parlor, asha, { title: "Tea" });
  await sockets[1]!.next("chatbot_updated");
  for (const socket of [sockets[0]!, sockets[1]!]) {
    await socket.ask({ command: "fetch_messages" }, "messages");
  }
  await save(parlor, asha, { require_identity: true });
  for (const socket of sockets) assert.equal(await socket.closed(5_000), 4401);
  await admins.ask({ command: "fetch_messages" }, "messages");
});

test("a socket without a token comes to an end, after which its client comes back; one with a token does not", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vera = await parlor.visit(asha);
  parlor.running.service.hub.longestWithoutTokenMs = 1_500;
  const bare = [
    await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`),
    await parlor.open("/ws/room/asha"),
  ];
  const known = await parlor.chat(asha, vera.consumer, vera.token);
  await known.next("welcome");
  for (const socket of bare) assert.equal(await socket.closed(), 1012);
  await known.ask({ command: "fetch_messages" }, "messages");
});

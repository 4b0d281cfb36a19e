import assert from "node:assert/strict";
import { Parlor, refusedWith, test, v1 } from "../../harness/parlor.ts";

test("sockets opened from one address are counted, however short they stay", async () => {
  await using parlor = await Parlor.start({ LIMIT_UPGRADES_PER_ADDRESS: "5/1000", TRUST_PROXY: "on" });
  await parlor.signUp("asha");
  const open = (address: string) => parlor.open("/ws/room/asha", { headers: { "x-forwarded-for": address } });
  for (let i = 0; i < 5; i++) {
    const socket = await open("198.51.100.7");
    assert.equal(socket.code, undefined);
    socket.close();
    await socket.closed();
  }
  assert.equal((await open("198.51.100.7")).code, refusedWith(429));
  assert.equal((await open("203.0.113.9")).code, undefined);
});

test("an admin hears who came and went in rooms that are there, and of nobody who only opened a socket", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vera = crypto.randomUUID();
  const inbox = await parlor.inbox(asha);
  const first = await parlor.chat(asha, vera);
  await first.say("Hello");
  await inbox.next("new_message");
  first.close();
  const isGone = () => inbox.frames.some(({ consumer, online }) => consumer === vera && online === false);
  await inbox.until(isGone);
  inbox.frames.length = 0;
  const strangers = await Promise.all(
    Array.from({ length: 20 }, () => parlor.chat(asha, crypto.randomUUID())),
  );
  await Promise.all(strangers.map((one) => one.next("welcome")));
  await parlor.chat(asha, vera);
  assert.deepEqual(await inbox.next("presence"), { command: "presence", consumer: vera, online: true });
  for (const one of strangers) one.close();
  await inbox.hearsNo("presence", 1_500);
});

test("visitors who show a token may have more sockets at one address than strangers", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "2" });
  const asha = await parlor.signUp("asha");
  const known = async () => {
    const { consumer, token } = await parlor.visit(asha);
    return parlor.open(`/ws/chat/asha/${consumer}`, { protocols: v1(token) });
  };
  for (let i = 0; i < 8; i++) await (await known()).next("welcome");
  assert.equal((await known()).code, refusedWith(429));
  assert.equal((await parlor.chat(asha, crypto.randomUUID())).code, refusedWith(429));
});

import assert from "node:assert/strict";
import type { Client } from "../../harness/client.ts";
import { Parlor, test, v1 } from "../../harness/parlor.ts";

/** Sends a message; returns the error code, or "stored". */
async function say(client: Client, content: string): Promise<string> {
  const client_id = crypto.randomUUID();
  client.send({ command: "new_message", client_id, message: { content } });
  const answer = () =>
    client.frames.find((frame) => frame.client_id === client_id || frame.message?.client_id === client_id);
  await client.until(() => answer() !== undefined);
  return answer()!.error?.code ?? "stored";
}

const uuid = () => crypto.randomUUID();

test("an account's admins write and make rooms at a rate, whatever socket they use", async () => {
  await using parlor = await Parlor.start({
    LIMIT_MESSAGES_PER_ACCOUNT: "4/6000",
    LIMIT_ROOMS_PER_ACCOUNT: "2/6000",
  });
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const chats = await Promise.all([0, 1, 2].map(() => parlor.chat(asha, uuid(), asha.token)));
  assert.deepEqual([await say(chats[0]!, "a"), await say(chats[1]!, "b")], ["stored", "stored"]);
  assert.equal(await say(chats[2]!, "a third room"), "rate_limited");
  const inbox = await parlor.inbox(asha);
  assert.equal(
    (await inbox.ask({ command: "new_room", consumer: uuid() }, "error")).error.code,
    "rate_limited",
  );
  assert.equal(await say(chats[0]!, "c"), "stored");
  assert.equal(await say(chats[1]!, "a fifth message"), "rate_limited");
  assert.equal(await say(await parlor.chat(bruno, uuid(), bruno.token), "of another account"), "stored");
});

test("an account stores so much and no more, and both sides are told so by a code", async () => {
  await using parlor = await Parlor.start({ LIMIT_STORED_ROOMS: "2", LIMIT_STORED_MESSAGES: "5" });
  const asha = await parlor.signUp("asha"), vera = await parlor.chat(asha, uuid());
  assert.equal(await say(vera, "one"), "stored");
  const lobby = await parlor.open("/ws/room/asha");
  await lobby.ask({ command: "new_room", consumer: uuid() }, "new_room");
  const refused = await lobby.ask({ command: "new_room", consumer: uuid() }, "error");
  assert.equal(refused.error.code, "quota_reached");
  assert.match(refused.error.message, /2 conversations/);
  assert.equal(await say(await parlor.chat(asha, uuid()), "a third room"), "quota_reached");
  for (let i = 0; i < 4; i++) assert.equal(await say(vera, `${i}`), "stored");
  assert.equal(await say(vera, "one too many"), "quota_reached");
  const admin = await parlor.inbox(asha);
  const consumer = new URL(vera.socket.url).pathname.split("/").at(-1);
  const answer = { command: "new_message", consumer, client_id: "a", message: { content: "an answer" } };
  assert.equal((await admin.ask(answer, "error")).error.code, "quota_reached");
});

test("what was stored before a restart is counted, its length too", async () => {
  await using parlor = await Parlor.start({
    LIMIT_STORED_MB: "1",
    LIMIT_MESSAGES_PER_ROOM: "off",
    LIMIT_MESSAGES_PER_ADDRESS: "off",
  });
  const asha = await parlor.signUp("asha");
  const id = uuid();
  const vera = await parlor.chat(asha, id);
  const refusal = async (client: Client) => {
    for (let i = 0; i < 200; i++) {
      if (await say(client, "x".repeat(4_000)) === "quota_reached") return i;
    }
  };
  const before = await refusal(vera);
  assert.ok(before! > 50 && before! < 200, `${before}`);
  await parlor.restart();
  const again = await parlor.chat(asha, id);
  const more = await refusal(again);
  assert.ok(more! < before! / 2, `${more} more`);
});

test("an office behind one address: a token or an answer makes a visitor more than a stranger", async () => {
  await using parlor = await Parlor.start({
    LIMIT_MESSAGES_PER_ADDRESS: "4/6000",
    LIMIT_ROOMS_PER_ADDRESS: "2/6000",
  });
  const asha = await parlor.signUp("asha"), ids = [uuid(), uuid(), uuid()];
  const strangers = await Promise.all(ids.map((id) => parlor.chat(asha, id)));
  assert.deepEqual([await say(strangers[0]!, "a"), await say(strangers[1]!, "b")], ["stored", "stored"]);
  assert.equal(await say(strangers[2]!, "a third room"), "rate_limited");
  const known: Client[] = [];
  for (let i = 0; i < 10; i++) {
    const { consumer, token } = await parlor.visit(asha);
    known.push(await parlor.open(`/ws/chat/asha/${consumer}`, { protocols: v1(token) }));
  }
  for (const one of known) assert.equal(await say(one, "Hello"), "stored");
  while (await say(strangers[0]!, "more") === "stored");
  assert.equal(await say(strangers[1]!, "more"), "rate_limited");
  const admin = await parlor.chat(asha, ids[1]!, asha.token);
  assert.equal(await say(admin, "an answer"), "stored");
  assert.equal(await say(strangers[1]!, "thanks"), "stored");
  assert.equal(await say(strangers[0]!, "and I?"), "rate_limited");
});

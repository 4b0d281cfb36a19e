import assert from "node:assert/strict";
import { PartialText } from "../../bot/llm/partial_text.ts";
import type { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { type Admin, Parlor, test, v1 } from "../harness/parlor.ts";

const id = "bot:1:1";
const words = "You can send it back within 30 days [1]. We pay for the parcel, so keep the box it came in.";

/** A visitor's room, and a text that is written in it. */
async function written(parlor: Parlor) {
  const asha = await parlor.signUp("asha");
  const visitor = await parlor.visit(asha);
  const { audience } = parlor.running.service.chat, key = { admin: "asha", consumer: visitor.consumer };
  return { asha, visitor, key, audience, text: new PartialText({ audience, key, id }) };
}

/** The pieces that this client has received, the last of which ends at `length`. */
async function pieces(client: Client, length: number) {
  const all = () => client.frames.filter(({ command }) => command === "partial");
  await client.until(() => all().some(({ at, text }) => at + text?.length >= length));
  return all();
}

test("a text is shown to its visitor and to members while it is written, in pieces", async () => {
  await using parlor = await Parlor.start();
  const { asha, visitor, text } = await written(parlor);
  const [one, two] = [
    await parlor.chat(asha, visitor.consumer, visitor.token),
    await parlor.chat(asha, visitor.consumer, asha.token),
  ];
  const inbox = await parlor.inbox(asha);
  for (const word of words.split(/(?<= )/)) text.write(word);
  for (const client of [one, two, inbox]) {
    const shown = await pieces(client, words.length);
    assert.equal(shown.map(({ text }) => text).join(""), words);
    shown.reduce((end, { at, text }) => (assert.equal(at, end), end + text.length), 0);
    assert.ok(shown.length <= 3, "words are gathered");
    const tagged = client === inbox ? { consumer: visitor.consumer } : {};
    assert.deepEqual(shown[0], { command: "partial", id, at: 0, text: shown[0]!.text, ...tagged });
  }
});

test("a short piece is shown soon, and nothing once the text has ended", async () => {
  await using parlor = await Parlor.start();
  const { asha, visitor, text } = await written(parlor);
  const client = await parlor.chat(asha, visitor.consumer, visitor.token);
  text.write("You can");
  assert.equal((await client.next("partial")).text, "You can");
  text.write(" send");
  text.close();
  text.write(" it back");
  await client.hearsNo("partial", 150);
});

test("a withdrawn text is taken back where it was shown", async () => {
  await using parlor = await Parlor.start();
  const { asha, visitor, key, audience, text } = await written(parlor);
  const client = await parlor.chat(asha, visitor.consumer, visitor.token), inbox = await parlor.inbox(asha);
  text.write(words);
  text.write(" More");
  text.withdraw();
  for (const one of [client, inbox]) assert.equal((await one.next("partial")).text, words);
  assert.deepEqual(await client.next("partial"), { command: "partial", id, gone: true });
  assert.deepEqual(await inbox.next("partial"), {
    command: "partial",
    consumer: visitor.consumer,
    id,
    gone: true,
  });
  const unseen = new PartialText({ audience, key, id: "bot:2:1" });
  unseen.write("You");
  unseen.withdraw();
  await client.hearsNo("partial", 150);
});

test("nobody else receives a text that is being written", async () => {
  await using parlor = await Parlor.start();
  const { asha, visitor, text } = await written(parlor);
  const { consumer, token } = visitor, other = await parlor.visit(asha);
  const bruno: Admin = await parlor.signUp("bruno");
  const all = await Promise.all([
    parlor.open(`/ws/chat/asha/${consumer}`, { headers: { authorization: `Bearer ${token}` } }),
    parlor.open("/ws/room/asha", { headers: { authorization: `Bearer ${asha.token}` } }),
    parlor.open("/ws/room/asha", { protocols: v1(asha.token) }),
    parlor.chat(asha, other.consumer, other.token),
    parlor.inbox(bruno),
  ]);
  assert.ok(all.every(({ code }) => code === undefined), "each socket is open");
  const inbox = await parlor.inbox(asha);
  text.write(words);
  await pieces(inbox, words.length);
  text.withdraw();
  for (const one of all) await one.hearsNo("partial", 50);
});

test("a socket that reads too slowly goes without pieces, and learns of the end", async () => {
  await using parlor = await Parlor.start();
  const { asha, visitor, key, audience } = await written(parlor);
  const client = await parlor.chat(asha, visitor.consumer, visitor.token);
  await client.next("welcome");
  const [connection] = parlor.running.service.hub.listeners.inRoom(key);
  client.socket.pause();
  const tell = (id: string, text: string) => audience.tell({ type: "partial", key, id, at: 0, text });
  await eventually(() => {
    for (let n = 0; n < 10; n++) tell("filling", "x".repeat(30_000));
    if (connection!.unsentBytes <= 32 * 1024) return false;
    // At once: the system may take what is unsent a moment later.
    tell("skipped", "never read");
    audience.tell({ type: "partial", key, id: "skipped", gone: true });
    return true;
  });
  client.socket.resume();
  await client.until(() => client.frames.some(({ id, gone }) => id === "skipped" && gone));
  assert.ok(!client.frames.some(({ id, text }) => id === "skipped" && text), "the piece was not sent");
  tell("later", "read");
  await client.until(() => client.frames.some(({ id, text }) => id === "later" && text === "read"));
});

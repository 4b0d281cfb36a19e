import assert from "node:assert/strict";
import { episodesOf } from "../../db/collections/episodes.ts";
import { staffLog } from "../../db/collections/staff_log.ts";
import type { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { type Admin, Parlor, test } from "../harness/parlor.ts";

/** A visitor's conversation that asha has answered, and her inbox. */
async function talk(parlor: Parlor, asha: Admin, consumer: string = crypto.randomUUID()) {
  const visitor = await parlor.chat(asha, consumer), inbox = await parlor.inbox(asha);
  await visitor.say("My lamp flickers");
  await inbox.say("Try another bulb", { consumer });
  return { consumer, visitor, inbox };
}

async function resolve(inbox: Client, consumer: string, more = {}): Promise<void> {
  inbox.send({ command: "update_room", consumer, status: "resolved", ...more });
  await inbox.until(() =>
    inbox.frames.some(({ room }) => room?.consumer === consumer && room.status === "resolved")
  );
  inbox.frames.length = 0;
}

/** The next status message that this client receives. */
async function statusOf(client: Client) {
  while (true) {
    const { message } = await client.next("new_message");
    if (message.kind === "status") return message;
  }
}

test("a visitor is asked once an answered conversation is resolved, rates it and thinks again", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer, visitor, inbox } = await talk(parlor, asha);
  await resolve(inbox, consumer);
  const { extra } = await statusOf(visitor);
  assert.equal(extra.type, "rating");

  const first = await visitor.ask(
    { command: "rate", episode: extra.episode, score: 5, comment: " Quick! " },
    "rated",
  );
  assert.deepEqual([first.episode, first.score], [extra.episode, 5]);
  const again = await visitor.ask({ command: "rate", episode: extra.episode, score: 2 }, "rated");
  assert.equal(again.until, first.until);
  await visitor.ask({ command: "rate", episode: extra.episode, score: 2 }, "rated");

  const { store } = parlor.running.service.chat, key = { admin: "asha", consumer };
  const [episode] = await episodesOf(store, key, 5);
  assert.deepEqual([episode!.rating?.score, episode!.rating?.comment], [2, undefined]);
  const logOf = () => staffLog.list(store, ["asha", consumer], { limit: 10 });
  await eventually(async () => (await logOf()).length >= 2);
  const log = await logOf();
  assert.deepEqual(log.map(({ kind, detail }) => [kind, detail?.score, detail?.comment]), [
    ["rated", 5, "Quick!"],
    ["rated", 2, undefined],
  ]);
});

test("who is not asked: nobody answered, the agent would not ask, the setting is off", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const alone = await parlor.chat(asha, crypto.randomUUID());
  const unanswered = (await alone.say("Anybody?")).room.split(" ")[1];
  const { consumer, visitor, inbox } = await talk(parlor, asha);
  await resolve(inbox, unanswered);
  assert.equal((await statusOf(alone)).extra, undefined);
  await resolve(inbox, consumer, { ask: false });
  assert.equal((await statusOf(visitor)).extra, undefined);
  await visitor.say("Thanks");
  await resolve(inbox, consumer);
  assert.equal((await statusOf(visitor)).extra, undefined, "nobody has answered since it was opened again");

  await parlor.post("/chatbot/api", { rating: "off" }, { cookie: asha.cookie });
  const other = await talk(parlor, asha);
  await resolve(other.inbox, other.consumer);
  assert.equal((await statusOf(other.visitor)).extra, undefined);
});

test("a rated conversation whose resolve was undone is not asked about again", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer, visitor, inbox } = await talk(parlor, asha);
  await resolve(inbox, consumer);
  const { extra: { episode } } = await statusOf(visitor);
  await visitor.ask({ command: "rate", episode, score: 4 }, "rated");
  inbox.send({ command: "update_room", consumer, status: "open" });
  assert.equal((await statusOf(visitor)).content, "open");
  await resolve(inbox, consumer);
  assert.equal((await statusOf(visitor)).extra, undefined);
});

test("nobody rates what is another's, was not asked for, or is no score", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = await talk(parlor, asha), victor = await talk(parlor, asha);
  await resolve(vera.inbox, vera.consumer);
  const { extra: { episode } } = await statusOf(vera.visitor);
  const error = async (client: Client, frame: object) =>
    (await client.ask({ command: "rate", episode, score: 5, ...frame }, "error")).error.code;
  assert.equal(await error(victor.visitor, {}), "invalid_input");
  assert.equal(await error(vera.visitor, { episode: `${episode}1` }), "invalid_input");
  for (const score of [0, 6, 2.5, "5", null]) {
    assert.equal(await error(vera.visitor, { score }), "invalid_input");
  }
  assert.equal(await error(vera.visitor, { comment: "x".repeat(1_001) }), "invalid_input");
  assert.equal(await error(vera.inbox, {}), "forbidden");
  const ashas = await parlor.open(`/ws/chat/asha/${vera.consumer}`, {
    headers: { cookie: asha.cookie },
    protocols: ["parlor.v1"],
  });
  assert.equal(await error(ashas, {}), "forbidden");
  const { store } = parlor.running.service.chat;
  for (const { consumer } of [vera, victor]) {
    const all = await episodesOf(store, { admin: "asha", consumer }, 5);
    assert(all.every(({ rating }) => rating === undefined));
  }
});

test("a client of the first contract neither sees a question nor can rate", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const visitor = await parlor.open(`/ws/chat/asha/${consumer}`), inbox = await parlor.inbox(asha);
  await visitor.say("Hello");
  await inbox.say("Hi", { consumer });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.content === "Hi"));
  const before = visitor.frames.length;
  await resolve(inbox, consumer);
  const [episode] = await episodesOf(parlor.running.service.chat.store, { admin: "asha", consumer }, 1);
  const { error } = await visitor.ask({ command: "rate", episode: episode!.id, score: 1 }, "error");
  assert.equal(error.code, "unknown_command");
  assert.equal(visitor.frames.length, before, "nothing but the refusal");
});

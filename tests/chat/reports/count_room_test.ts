import { deepEqual, equal } from "node:assert/strict";
import { type Episode, episodes, episodesOf } from "../../../db/collections/episodes.ts";
import { catchUp } from "../../../chat/reports/catch_up.ts";
import { countRoom } from "../../../chat/reports/count_room.ts";
import { EpisodeFollower } from "../../../chat/reports/episode_follower.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { setStatus } from "../../../chat/rooms/rooms.ts";
import { mergeRooms } from "../../../chat/visitors/merging.ts";
import { acting } from "../../harness/acting.ts";
import type { Who } from "../../../chat/who.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const asha = acting("asha"), key = { admin: "asha", consumer: "vera" };
const visitorOf = (consumer: string): Who => ({ kind: "visitor", admin: "asha", consumer, address: "1" });
const vera = visitorOf("vera");
const say = (chat: ChatFixture, who: Who, consumer = "vera") =>
  sendMessage(chat, who, { consumer, content: "hi" });
const resolve = (chat: ChatFixture, consumer = "vera") => setStatus(chat, asha, consumer, "resolved");

async function allOf(chat: ChatFixture): Promise<Episode[]> {
  const all: Episode[] = [];
  for await (const one of episodes.all(chat.store, "asha")) all.push(one);
  return all;
}

Deno.test("a room that is counted at each step has the same episodes as one that is counted at the end", async () => {
  await withChat(async (chat) => {
    const steps = [
      () => say(chat, vera),
      () => say(chat, asha),
      () => resolve(chat),
      () => say(chat, vera),
      () => say(chat, asha),
    ];
    const seen: string[] = [];
    for (const step of steps) {
      chat.wait(61_000);
      await step();
      const { from, status, texts } = (await countRoom(chat, key))!;
      seen.push(`${from} ${status} ${texts.visitor}+${texts.agents}`);
    }
    deepEqual(seen, ["1 open 1+0", "1 open 1+1", "1 resolved 1+1", "4 open 1+0", "4 open 1+1"]);
    const stepwise = await allOf(chat);
    await episodes.erase(chat.store, "asha");
    await countRoom(chat, key);
    deepEqual(await allOf(chat), stepwise);
    equal(stepwise.length, 2);
  });
});

Deno.test("many who count a room at once store each episode once, and a rating stays", async () => {
  await withChat(async (chat) => {
    for (let i = 0; i < 3; i++) {
      await say(chat, vera);
      await say(chat, asha);
      await resolve(chat);
      chat.wait(61_000);
    }
    await Promise.all(Array.from({ length: 20 }, () => countRoom(chat, key)));
    const [newest] = await episodesOf(chat.store, key, 1);
    const rating = { score: 4, first: 1, at: 1 };
    await episodes.update(chat.store, episodes.nameOf(newest!).key, (now) => now && { ...now, rating });
    await say(chat, vera);
    await countRoom(chat, key);
    const all = await allOf(chat);
    deepEqual(all.map(({ from, resolved, rating }) => [from, resolved !== undefined, rating?.score]), [
      [1, true, undefined],
      [4, true, undefined],
      [7, true, 4],
      [10, false, undefined],
    ]);
  });
});

Deno.test("a conversation longer than a page is counted whole", async () => {
  await withChat(async (chat) => {
    for (let i = 0; i < 450; i++) await say(chat, i % 2 ? asha : vera);
    const { texts, upTo } = (await countRoom(chat, key))!;
    deepEqual([texts, upTo], [{ visitor: 225, agents: 225, bot: 0 }, 450]);
  });
});

Deno.test("an erased visitor's episodes are gone, and those of a room made anew begin at one", async () => {
  await withChat(async (chat) => {
    await say(chat, vera);
    await say(chat, visitorOf("victor"), "victor");
    await Promise.all([countRoom(chat, key), countRoom(chat, { ...key, consumer: "victor" })]);
    const [left] = await episodesOf(chat.store, key, 1);
    await chat.store.forgetVisitor(key);
    deepEqual((await allOf(chat)).map(({ consumer }) => consumer), ["victor"]);
    equal(await countRoom(chat, key), undefined);
    // What another process stored while the visitor was being erased.
    await episodes.put(chat.store, { ...left!, upTo: 9 });
    await say(chat, vera);
    await countRoom(chat, key);
    deepEqual((await episodesOf(chat.store, key, 9)).map(({ upTo }) => upTo), [1]);
  });
});

Deno.test("catching up counts what nobody counted, and later only what was active since", async () => {
  await withChat(async (chat) => {
    for (let i = 0; i < 130; i++) await say(chat, visitorOf(`visitor-${i}`), `visitor-${i}`);
    await catchUp(chat, "asha");
    equal((await allOf(chat)).length, 130);
    chat.wait(3_600_000);
    await resolve(chat, "visitor-7");
    await say(chat, vera);
    await episodes.remove(
      chat.store,
      episodes.nameOf((await episodesOf(chat.store, { ...key, consumer: "visitor-9" }, 1))[0]!).key,
    );
    await Promise.all([catchUp(chat, "asha"), catchUp(chat, "asha")]);
    const all = await allOf(chat);
    equal(all.length, 130, "one was removed, which nothing made it look at again; vera is new");
    equal(all.filter(({ resolved }) => resolved).length, 1);
  });
});

Deno.test("who hears events counts the rooms that were opened and resolved", async () => {
  await withChat(async (chat) => {
    const faults: unknown[] = [];
    const follower = new EpisodeFollower(chat, (error) => faults.push(error));
    const told = () => {
      for (const event of chat.audience.heard.splice(0)) follower.hear(event);
      return follower.flush();
    };
    await say(chat, vera);
    await told();
    deepEqual((await allOf(chat)).map(({ status }) => status), ["open"]);
    await say(chat, vera);
    await told();
    equal((await allOf(chat))[0]!.upTo, 1, "a visitor's further message costs nothing");
    await say(chat, asha);
    await told();
    equal((await allOf(chat))[0]!.upTo, 1, "neither does an answer: a report counts it");
    await resolve(chat);
    await told();
    equal((await allOf(chat))[0]!.firstReply !== undefined, true);
    deepEqual((await allOf(chat)).map(({ status }) => status), ["resolved"]);
    await follower.close();
    deepEqual(faults, []);
  });
});
Deno.test("the assignee and team are those when it was resolved; labels follow", async () => {
  await withChat(async (chat) => {
    const deskOf = async () => {
      const { assignee, team, labels } = (await countRoom(chat, key))!;
      const [stored] = await episodesOf(chat.store, key, 1);
      deepEqual([stored!.assignee, stored!.team, stored!.labels], [assignee, team, labels]);
      return [assignee, team, labels];
    };
    await say(chat, vera);
    await chat.store.changeDesk(key, { set: { assignee: "maya", team: "orders", labels: ["a"] } });
    deepEqual(await deskOf(), ["maya", "orders", ["a"]]);
    await chat.store.changeDesk(key, { set: { assignee: "jonas" } });
    await resolve(chat);
    deepEqual(await deskOf(), ["jonas", "orders", ["a"]]);
    await chat.store.changeDesk(key, { set: { assignee: "maya", team: null, labels: ["a", "b"] } });
    deepEqual(await deskOf(), ["jonas", "orders", ["a", "b"]]);
  });
});

Deno.test("a merged room's conversations are counted once, and go with the visitor they belong to", async () => {
  await withChat(async (chat) => {
    await say(chat, visitorOf("anonymous"), "anonymous");
    await say(chat, asha, "anonymous");
    await countRoom(chat, { ...key, consumer: "anonymous" });
    await say(chat, vera);
    await countRoom(chat, key);
    await mergeRooms(chat, { ...key, consumer: "anonymous" }, "vera");
    await countRoom(chat, key);
    const all = await allOf(chat);
    deepEqual(all.map(({ consumer, texts }) => [consumer, texts.visitor, texts.agents]), [["vera", 2, 1]]);
    await chat.store.forgetVisitor(key);
    deepEqual(await allOf(chat), []);
  });
});

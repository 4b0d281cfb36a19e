import assert from "node:assert/strict";
import { ChatbotSettings } from "../../../protocol/chatbot.ts";
import { Unavailable } from "../../../db/errors.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import type { Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import {
  draft,
  morning,
  numbers,
  send,
  sendMany,
  veraAtAsha,
  veraAtBruno,
  victorAtAsha,
} from "./fixtures.ts";

const find = async (store: Store, admin: string, q: string) =>
  (await store.searchMessages(admin, { phrases: parsePhrases(q), limit: 50 })).found
    .map(({ message }) => message.content);

/** Retries while the store is unavailable, as callers do. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  while (true) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }
}

export function forgetting(contractTest: ContractTest): void {
  contractTest(
    "a forgotten visitor leaves nothing behind, and others lose nothing",
    async (store, opened) => {
      await send(store, veraAtAsha, "my parcel is late", "the parcel came");
      await send(store, victorAtAsha, "a parcel for me");
      await send(store, veraAtBruno, "parcel");
      await store.saveVisitor(veraAtAsha, { name: "Vera", page: "https://a.example/" }, morning);
      await store.claimConsumer(veraAtAsha, "vera's token", morning);
      assert.equal(await store.forgetVisitor(veraAtAsha), true);
      for (const reopen of [false, true]) {
        const at = reopen ? await opened.reopen() : store;
        assert.equal(await at.room(veraAtAsha), undefined);
        assert.equal(await at.visitor(veraAtAsha), undefined);
        assert.deepEqual(await at.messagesAfter(veraAtAsha, 0, 10), []);
        assert.deepEqual(await find(at, "asha", "parcel"), ["a parcel for me"]);
        const { rooms } = await at.rooms("asha", { limit: 5, filter: "all", messages: 1 });
        assert.deepEqual(rooms.map(({ room }) => room.consumer), ["victor"]);
        assert.deepEqual(await at.roomCounts("asha"), { open: 1, resolved: 0, unread: 1 });
        assert.deepEqual(await find(at, "bruno", "parcel"), ["parcel"]);
      }
    },
  );

  contractTest(
    "whoever writes and claims while being forgotten is answered, and nothing is left over",
    async (store) => {
      let isOver = false;
      const forgetting = (async () => {
        while (!isOver) await untilAnswered(() => store.forgetVisitor(veraAtAsha));
      })();
      const writing = numbers(8).map(async (writer) => {
        for (const n of numbers(40)) {
          const content = `${writer}.${n}`;
          const { message, room } = await untilAnswered(() =>
            store.appendMessage(draft(veraAtAsha, content))
          );
          assert.deepEqual([message.content, message.id], [content, `${room.id}.${message.seq}`]);
          assert(await untilAnswered(() => store.claimConsumer(veraAtAsha, "vera's token", morning)));
          await untilAnswered(() => store.saveVisitor(veraAtAsha, { locale: "en" }, morning));
        }
      });
      await Promise.all(writing).finally(() => isOver = true);
      await forgetting;
      await store.forgetVisitor(veraAtAsha);
      assert.deepEqual(await store.roomCounts("asha"), { open: 0, resolved: 0, unread: 0 });
      assert.equal((await store.appendMessage(draft(veraAtAsha, "again"))).message.seq, 1);
    },
  );

  contractTest("a name whose account goes while visitors write is free of them in the end", async (store) => {
    let isOver = false;
    const visitors = numbers(6).map((n) => ({ admin: "asha", consumer: `v${n}` }));
    const writing = visitors.map(async (key) => {
      for (let n = 0; !isOver; n++) await untilAnswered(() => store.appendMessage(draft(key, `${n}`)));
    });
    for (const _ of numbers(12)) {
      await store.createAccount({ username: "asha", password: "phc", created: morning });
      await untilAnswered(() => store.forgetAccount("asha"));
      await untilAnswered(() => store.releaseName("asha"));
    }
    isOver = true;
    await Promise.all(writing);
    const { rooms } = await store.rooms("asha", { limit: 100, filter: "all", messages: 0 });
    assert.deepEqual(await store.roomCounts("asha"), {
      ...{ open: rooms.length, resolved: 0, unread: rooms.length },
    });
    await store.forgetAccount("asha");
    assert.deepEqual(await store.roomCounts("asha"), { open: 0, resolved: 0, unread: 0 });
  });

  contractTest("forgetting nobody says so", async (store) => {
    assert.equal(await store.forgetVisitor(veraAtAsha), false);
    await store.saveVisitor(veraAtAsha, { locale: "en" }, morning);
    assert.equal(await store.forgetVisitor(veraAtAsha), true, "known without a room");
    assert.equal(await store.forgetVisitor(veraAtAsha), false);
  });

  contractTest(
    "a visitor who comes back after that begins a new room, under any client_id and owner",
    async (store) => {
      await store.appendMessage(draft(veraAtAsha, "before", { client_id: "one" }));
      await store.claimConsumer(veraAtAsha, "vera's token", morning);
      const before = await store.room(veraAtAsha);
      await store.forgetVisitor(veraAtAsha);
      const { message, room, fresh, opened } = await store.appendMessage(
        draft(veraAtAsha, "after", { client_id: "one" }),
      );
      assert.deepEqual([message.seq, message.content, fresh, opened], [1, "after", true, true]);
      assert.notEqual(room.id, before?.id);
      assert.equal(await store.claimConsumer(veraAtAsha, "another token", morning), true);
      assert.deepEqual(await find(store, "asha", "before"), []);
      assert.deepEqual(await find(store, "asha", "after"), ["after"]);
    },
  );

  contractTest("what is written after the newest messages were forgotten is found", async (store) => {
    await send(store, victorAtAsha, "first tea");
    assert.deepEqual(await find(store, "asha", "tea"), ["first tea"]);
    await send(store, veraAtAsha, "second tea");
    await waitForIndex();
    await store.forgetVisitor(veraAtAsha);
    await send(store, victorAtAsha, "third tea");
    await waitForIndex();
    assert.deepEqual(await find(store, "asha", "tea"), ["third tea", "first tea"]);
  });

  contractTest("a room of 1,500 messages is forgotten whole, while another is written to", async (store) => {
    await sendMany(store, veraAtAsha, 1_500);
    const [gone] = await Promise.all([store.forgetVisitor(veraAtAsha), sendMany(store, victorAtAsha, 200)]);
    assert.equal(gone, true);
    assert.deepEqual(await store.messagesAfter(veraAtAsha, 0, 10), []);
    assert.equal((await store.messagesAfter(victorAtAsha, 0, 300)).length, 200);
  });

  contractTest(
    "a forgotten account takes all that is its own, and its name when it is released",
    async (store, opened) => {
      const account = (username: string) => ({ username, password: "phc", created: morning });
      for (const username of ["asha", "bruno"]) {
        await store.createAccount(account(username));
        await store.openSession({
          jti: `desk of ${username}`,
          username,
          created: morning,
          expires: morning + 1e12,
        });
        await store.saveChatbot(username, ChatbotSettings.parse({ title: username }), morning);
        await store.savePush({
          username,
          endpoint: `https://push/${username}`,
          p256dh: "p",
          auth: "a",
          created: 1,
        });
      }
      await Promise.all(
        numbers(450).map((n) => store.appendMessage(draft({ admin: "asha", consumer: `v${n}` }, "some tea"))),
      );
      await store.saveVisitor({ admin: "asha", consumer: "v999" }, { name: "Nobody yet" }, morning);
      await send(store, veraAtBruno, "some tea");
      await store.forgetAccount("asha");
      for (const reopen of [false, true]) {
        const at = reopen ? await opened.reopen() : store;
        assert.equal(await at.account("asha"), undefined);
        assert.equal(await at.session("desk of asha"), undefined);
        assert.equal(await at.chatbot("asha"), undefined);
        assert.deepEqual(await at.pushes("asha"), []);
        assert.deepEqual((await at.rooms("asha", { limit: 5, filter: "all", messages: 1 })).rooms, []);
        assert.deepEqual(await at.roomCounts("asha"), { open: 0, resolved: 0, unread: 0 });
        assert.equal(await at.visitor({ admin: "asha", consumer: "v999" }), undefined);
        assert.deepEqual(await find(at, "asha", "tea"), []);
        assert.equal((await at.chatbot("bruno"))?.settings.title, "bruno");
        assert.deepEqual(await find(at, "bruno", "tea"), ["some tea"]);
        assert.equal((await at.pushes("bruno")).length, 1);
        assert.equal((await at.session("desk of bruno"))?.username, "bruno");
      }
      const again = await opened.reopen();
      await again.releaseName("asha");
      await again.createAccount(account("asha"));
      assert.deepEqual(await find(again, "asha", "tea"), []);
    },
  );
}

/** Longer than an index lags behind writes. */
const waitForIndex = () => new Promise((resolve) => setTimeout(resolve, 1_200));

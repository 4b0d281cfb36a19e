import assert from "node:assert/strict";
import { Unavailable } from "../../../db/errors.ts";
import { ChatbotSettings } from "../../../protocol/chatbot.ts";
import type { Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, sendMany, veraAtAsha, victorAtAsha } from "./fixtures.ts";

const list = { limit: 50, filter: "all", messages: 20 } as const;

/** Everything that can be read from the store. */
async function everything(store: Store) {
  return {
    epoch: store.epoch,
    account: await store.account("asha"),
    session: await store.session("desk"),
    live: await store.sessions("asha"),
    chatbot: await store.chatbot("asha"),
    rooms: await store.rooms("asha", list),
    room: await store.room(veraAtAsha),
    messages: await store.messagesAfter(veraAtAsha, 0, 100),
    claim: await store.claimConsumer(veraAtAsha, "mallory's token", morning),
    kept: await store.keep("secret", "another"),
  };
}

export function survival(contractTest: ContractTest): void {
  contractTest("everything is still there after a restart", async (store, opened) => {
    await store.createAccount({ username: "asha", password: "phc", created: morning });
    await store.openSession({ jti: "desk", username: "asha", created: morning, expires: morning + 1 });
    await store.openSession({ jti: "phone", username: "asha", created: morning, expires: morning + 1 });
    await store.endSessions("asha", morning, { only: "phone" });
    await store.saveChatbot("asha", ChatbotSettings.parse({ title: "Tea" }), morning);
    await sendMany(store, veraAtAsha, 30);
    await store.appendMessage(draft(victorAtAsha, "resolved", { side: "admin", kind: "status" }));
    await store.markRead(veraAtAsha, "admin", 7);
    await store.claimConsumer(veraAtAsha, "vera's token", morning);
    await store.keep("secret", "value");
    const before = await everything(store);
    assert.equal(before.kept, "value");
    assert.deepEqual(await everything(await opened.reopen()), before);
  });

  contractTest("a room goes on after a restart where it was", async (store, opened) => {
    await store.appendMessage(draft(veraAtAsha, "before", { client_id: "one", at: morning + 5 }));
    const again = await opened.reopen();
    const retry = await again.appendMessage(draft(veraAtAsha, "before", { client_id: "one" }));
    assert.deepEqual([retry.fresh, retry.message.seq], [false, 1]);
    const next = await again.appendMessage(draft(veraAtAsha, "after"));
    assert.deepEqual([next.message.seq, next.message.created], [2, retry.message.created]);
  });

  contractTest("what was accepted before the end becomes durable", async (store, opened) => {
    const writes = numbers(50).map((n) => store.appendMessage(draft(veraAtAsha, `${n}`)));
    const again = await opened.reopen();
    assert.deepEqual((await Promise.all(writes)).map(({ message }) => message.seq), numbers(50));
    assert.equal((await again.messagesAfter(veraAtAsha, 0, 100)).length, 50);
  });

  contractTest("a closed store says so, and may be closed again", async (store) => {
    await sendMany(store, veraAtAsha, 1);
    await store.close();
    await store.close();
    await assert.rejects(store.appendMessage(draft(veraAtAsha, "late")), Unavailable);
    await assert.rejects(store.room(veraAtAsha), Unavailable);
    await assert.rejects(store.messagesAfter(veraAtAsha, 0, 1), Unavailable);
    await assert.rejects(store.rooms("asha", list), Unavailable);
    await assert.rejects(store.ready(), Unavailable);
  });

  contractTest("a store that can write is ready", async (store) => {
    await store.ready();
  });

  contractTest("an epoch is a random text that stays", async (store, opened) => {
    assert.match(store.epoch, /^[A-Za-z0-9_-]{12,64}$/);
    assert.equal((await opened.reopen()).epoch, store.epoch);
  });
}

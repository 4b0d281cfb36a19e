import assert from "node:assert/strict";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers } from "./fixtures.ts";

const push = (username: string, endpoint: string, created = morning) => ({
  ...{ username, endpoint: `https://push.example/${endpoint}`, created },
  ...{ p256dh: "a public key", auth: "a secret" },
});

export function pushes(contractTest: ContractTest): void {
  contractTest(
    "push addresses are kept for each admin, the newest first, over a restart",
    async (store, opened) => {
      await store.savePush(push("asha", "desk"));
      await store.savePush(push("asha", "phone", morning + 1));
      await store.savePush(push("bruno", "tablet"));
      const again = await opened.reopen();
      assert.deepEqual(await again.pushes("asha"), [
        push("asha", "phone", morning + 1),
        push("asha", "desk"),
      ]);
      assert.deepEqual(await again.pushes("mallory"), []);
    },
  );

  contractTest("an endpoint is one admin's: whoever signs in there last", async (store) => {
    await store.savePush(push("asha", "desk"));
    await store.savePush(push("bruno", "desk"));
    assert.deepEqual(await store.pushes("asha"), []);
    assert.deepEqual(await store.pushes("bruno"), [push("bruno", "desk")]);
  });

  contractTest("an endpoint is dropped by its own admin alone", async (store) => {
    await store.savePush(push("asha", "desk"));
    await store.dropPush("bruno", "https://push.example/desk");
    assert.equal((await store.pushes("asha")).length, 1);
    await store.dropPush("asha", "https://push.example/desk");
    assert.deepEqual(await store.pushes("asha"), []);
  });

  contractTest("of many push addresses the newest 20 stay", async (store) => {
    for (const n of numbers(25)) await store.savePush(push("asha", `${n}`, morning + n));
    const kept = await store.pushes("asha");
    assert.deepEqual([kept.length, kept[0]?.created, kept.at(-1)?.created], [20, morning + 25, morning + 6]);
  });
}

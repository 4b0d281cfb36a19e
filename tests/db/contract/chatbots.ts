import assert from "node:assert/strict";
import { ChatbotSettings } from "../../../protocol/chatbot.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers } from "./fixtures.ts";

const settings = ChatbotSettings.parse({
  title: `Asha's "Teashop" 🍵`,
  greeting: "שלום\nnew line\tand tab",
  allowed_origins: ["https://tea.example", "http://localhost:3000"],
  business_hours: { time_zone: "Asia/Kolkata", ranges: [{ day: 1, from: "09:00", to: "24:00" }] },
});

export function chatbots(contractTest: ContractTest): void {
  contractTest("a chatbot's settings come back as they were saved", async (store) => {
    await store.saveChatbot("asha", settings, morning);
    assert.deepEqual(await store.chatbot("asha"), { settings, updated: morning });
    assert.equal(await store.chatbot("bruno"), undefined);
  });

  contractTest("the first settings are told from those that replace them", async (store) => {
    assert.deepEqual(await store.saveChatbot("asha", settings, morning), { created: true });
    const changed = { ...settings, title: "Closed for today", allowed_origins: [] };
    assert.deepEqual(await store.saveChatbot("asha", changed, morning + 1), { created: false });
    assert.deepEqual(await store.chatbot("asha"), { settings: changed, updated: morning + 1 });
    assert.deepEqual(await store.saveChatbot("bruno", settings, morning), { created: true });
  });

  contractTest(
    "what visitors' sockets hang on is told of any admins at once, and is another thing after each change",
    async (store) => {
      const asked = ["asha", "nobody", "bruno"].map((username) => ({
        username,
        secretName: `secret ${username}`,
      }));
      for (const username of ["asha", "bruno"]) {
        await store.createAccount({ username, id: username, password: "$argon2id$", created: morning });
      }
      assert.deepEqual(await store.policies(asked), [{ account: "asha" }, {}, { account: "bruno" }]);
      await store.saveChatbot("asha", settings, morning);
      await store.replace("secret bruno", "one");
      assert.deepEqual(await store.policies(asked), [
        { account: "asha", updated: morning },
        {},
        { account: "bruno", secret: "one" },
      ]);
      await store.saveChatbot("asha", settings, morning + 1);
      await store.replace("secret bruno", "two");
      await store.forgetAccount("asha");
      assert.deepEqual(await store.policies(asked), [{}, {}, { account: "bruno", secret: "two" }]);
      assert.deepEqual(await store.policies([]), []);
    },
  );

  contractTest("of many first settings at once, exactly one is the first", async (store) => {
    const saved = await Promise.all(numbers(20).map((n) => store.saveChatbot("asha", settings, morning + n)));
    assert.equal(saved.filter(({ created }) => created).length, 1);
  });
}

import assert from "node:assert/strict";
import { Budget } from "../../../bot/llm/budget.ts";
import {
  addTokens,
  countAnswer,
  dropTokens,
  tokensUsed,
  visitorUses,
} from "../../../db/collections/llm_use.ts";
import { BotSettings } from "../../../protocol/chatbot.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers } from "./fixtures.ts";

const day = new Date(morning).toISOString().slice(0, 10);
const { llm } = BotSettings.parse({});
const messages = [{ role: "user" as const, content: "x".repeat(300) }];

export function llmUse(contractTest: ContractTest): void {
  contractTest("of many that take tokens of a day at once none goes over the limit", async (store) => {
    const asked = { workspace: "asha", consumer: "vera", settings: { ...llm, tokens_per_day: 1_500 } };
    const taken = await Promise.all(
      numbers(10).map((n) =>
        new Budget(store, () => morning).take({ ...asked, consumer: `v${n}` }, messages)
      ),
    );
    const tokens = taken.reduce((sum, one) => sum + (one?.tokens ?? 0), 0);
    assert.ok(tokens <= 1_500, `${tokens} tokens`);
    assert.equal(await tokensUsed(store, "asha", day), tokens, "what is refused is given back");
    const first = await new Budget(store, () => morning).take({ ...asked, workspace: "bruno" }, messages);
    assert.equal(first?.tokens, 500);
    await new Budget(store, () => morning).settle(first!, { prompt: 30, completion: 12 });
    assert.equal(await tokensUsed(store, "bruno", day), 42);
  });

  contractTest(
    "a visitor's answers of a day are counted once each, however many are asked for at once",
    async (store) => {
      const vera = { workspace: "asha", consumer: "vera", day };
      const counted = await Promise.all(numbers(6).map(() => countAnswer(store, vera, 4)));
      assert.equal(counted.filter(Boolean).length, 4);
      assert.equal(await countAnswer(store, { ...vera, day: "2099-01-01" }, 4), true);
      assert.equal((await visitorUses.get(store, ["asha", "vera"]))?.answers, 1);
    },
  );

  contractTest(
    "what the language model used is deleted with its visitor, its workspace and its day",
    async (store) => {
      await countAnswer(store, { workspace: "asha", consumer: "vera", day }, 4);
      await store.forgetVisitor({ admin: "asha", consumer: "vera" });
      assert.equal(await visitorUses.get(store, ["asha", "vera"]), undefined);
      for (const day of ["2026-01-01", "2026-01-02", "2026-01-03"]) {
        await addTokens(store, { workspace: "asha", day }, 7);
      }
      await dropTokens(store, { workspace: "asha", day: "2026-01-03" }, 5);
      const left = await Promise.all(
        ["2026-01-01", "2026-01-02", "2026-01-03"].map((day) => tokensUsed(store, "asha", day)),
      );
      assert.deepEqual(left, [0, 0, 7]);
      await store.forgetAccount("asha");
      assert.equal(await tokensUsed(store, "asha", "2026-01-03"), 0);
    },
  );
}

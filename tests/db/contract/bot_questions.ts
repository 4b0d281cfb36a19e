import assert from "node:assert/strict";
import {
  type BotQuestion,
  botQuestions,
  questionsOf,
  questionsSince,
  questionsToReview,
} from "../../../db/collections/bot_questions.ts";
import { dropOldQuestions, logQuestion, markOutcome, questionsKeptMs } from "../../../chat/bot/questions.ts";
import type { Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers, send, veraAtAsha } from "./fixtures.ts";

const vera = { workspace: "asha", consumer: "vera" };
const question = (seq: number, rest: Partial<BotQuestion> = {}): BotQuestion => ({
  ...{ ...vera, seq, text: `question ${seq}`, at: morning + seq, outcome: "offered" },
  ...rest,
});
const texts = (found: BotQuestion[]) => found.map(({ text }) => text);
const counts = (store: Store, owner: string[]) =>
  Promise.all(
    [botQuestions.name, ...botQuestions.indexNames].map(async (name) =>
      (await store.records.list(name, name.endsWith("byAge") ? [] : owner, { limit: 500 })).length
    ),
  );

export function questions(contractTest: ContractTest): void {
  contractTest(
    "questions of the bot are found by room, by time and by what is to review",
    async (store, opened) => {
      for (const n of numbers(120)) await logQuestion(store, question(n));
      await logQuestion(store, question(1, { workspace: "bruno" }));
      await logQuestion(store, question(121, { outcome: "answered", confidence: 0.95 }));
      await logQuestion(store, question(122, { outcome: "answered", confidence: 0.75 }));
      await logQuestion(store, question(123, { outcome: "small_talk" }));
      for (const reopen of [false, true]) {
        const at = reopen ? await opened.reopen() : store;
        assert.deepEqual(texts(await questionsOf(at, vera, 2)), ["question 123", "question 122"]);
        assert.deepEqual(texts(await questionsToReview(at, "asha", 2)), ["question 122", "question 120"]);
        const first = await questionsSince(at, "asha", morning + 3, 100);
        const rest = await questionsSince(at, "asha", first.at(-1)!, 100);
        assert.deepEqual(texts([...first, ...rest]), numbers(123).slice(2).map((n) => `question ${n}`));
      }
    },
  );

  contractTest("a question is stored once, and its outcome follows what happened", async (store) => {
    await Promise.all(numbers(8).map(() => logQuestion(store, question(1))));
    const at = morning + 90;
    await markOutcome(store, question(1), { outcome: "answered", at });
    await markOutcome(store, question(1), { outcome: "handed_off", reason: "unhelpful", at: at + 1 });
    await logQuestion(store, question(1));
    await markOutcome(store, question(2), { outcome: "helpful", at });
    const [only, ...others] = await questionsOf(store, vera, 9);
    assert.deepEqual(others, []);
    assert.deepEqual(only, {
      ...question(1, { outcome: "handed_off", reason: "unhelpful" }),
      ...{ before: "answered", changed: at + 1 },
    });
    await markOutcome(store, question(1), { outcome: "handed_off", reason: "asked", at });
    assert.deepEqual(await questionsToReview(store, "asha", 9), [], "a wish for a person teaches nothing");
  });

  contractTest("a stored question is at most 300 characters, none of them broken", async (store) => {
    await logQuestion(store, question(1, { text: `${"a".repeat(299)}😀` }));
    const [{ text }] = await questionsOf(store, vera, 1) as [BotQuestion];
    assert.equal(text, `${"a".repeat(299)}\ufffd`);
  });

  contractTest("questions older than 90 days are deleted, also by new ones of others", async (store) => {
    for (const n of numbers(20)) await logQuestion(store, question(n));
    await logQuestion(store, question(21, { at: morning + questionsKeptMs + 3 }));
    assert.equal((await questionsOf(store, vera, 99)).length, 19);
    const bruno = question(1, { workspace: "bruno", at: morning + 2 * questionsKeptMs });
    await logQuestion(store, bruno);
    assert.equal((await questionsOf(store, vera, 99)).length, 14);
    assert.equal(await dropOldQuestions(store, bruno.at, 100), 13);
    assert.deepEqual(await counts(store, ["asha"]), [1, 1, 1, 2]);
  });

  contractTest("a forgotten visitor's questions go with it, from every index", async (store) => {
    await send(store, veraAtAsha, "hello");
    for (const n of numbers(60)) await logQuestion(store, question(n));
    await logQuestion(store, question(1, { consumer: "victor" }));
    assert.equal(await store.forgetVisitor(veraAtAsha), true);
    assert.deepEqual(await counts(store, ["asha"]), [1, 1, 1, 1]);
  });
}

import assert from "node:assert/strict";
import {
  type BotQuestion,
  botQuestions,
  questionsOf,
  questionsToReview,
} from "../../../db/collections/bot_questions.ts";
import { logQuestion, markOutcome, questionsKeptMs } from "../../../chat/bot/questions.ts";
import { deleteMessage } from "../../../chat/rooms/edits.ts";
import { exportLines } from "../../../chat/rooms/export.ts";
import { mergeRooms } from "../../../chat/visitors/merging.ts";
import { draft, send, veraAtAsha } from "../../db/contract/fixtures.ts";
import { asha } from "../reports/fixture.ts";
import { OldQuestions } from "../../../jobs/old_questions.ts";
import { withChat } from "../chat_fixture.ts";

const anna = { admin: "asha", consumer: "anna" };
const asked = (consumer: string, seq: number, rest: Partial<BotQuestion> = {}): BotQuestion => ({
  ...{ workspace: "asha", consumer, seq, text: `${consumer} ${seq}`, at: Date.now(), outcome: "offered" },
  ...rest,
});
const seqs = (found: BotQuestion[]) => found.map(({ seq, text }) => [seq, text]);

Deno.test("questions go with the messages when two conversations become one, and with their visitor", () =>
  withChat(async (chat) => {
    const { store } = chat;
    await send(store, veraAtAsha, "one", "two");
    await send(store, anna, "a", "b", "c");
    await logQuestion(store, asked("vera", 2));
    for (const seq of [1, 3]) await logQuestion(store, asked("anna", seq));
    const vera = { workspace: "asha", consumer: "vera" };
    for (const _ of ["once", "and again"]) {
      await mergeRooms(chat, anna, "vera");
      assert.deepEqual(seqs(await questionsOf(store, vera, 9)), [[5, "anna 3"], [3, "anna 1"], [
        2,
        "vera 2",
      ]]);
    }
    assert.deepEqual(await questionsOf(store, { ...vera, consumer: "anna" }, 9), []);
    const moved = await store.messagesAfter(veraAtAsha, 4, 1);
    assert.equal(moved[0]!.content, "c", "the seq names the message that was asked");
    await store.forgetVisitor(veraAtAsha);
    assert.deepEqual(await questionsToReview(store, "asha", 9), []);
  }));

Deno.test("a merge that was cut short before the questions moved is finished by the next call", () =>
  withChat(async (chat) => {
    const { store } = chat, vera = { workspace: "asha", consumer: "vera" };
    await send(store, veraAtAsha, "one", "two");
    await send(store, anna, "a", "b", "c");
    await logQuestion(store, asked("anna", 3));
    await store.mergeRooms(anna, "vera", chat.now());
    assert.deepEqual(await questionsOf(store, vera, 9), []);
    await mergeRooms(chat, anna, "vera");
    assert.deepEqual(seqs(await questionsOf(store, vera, 9)), [[5, "anna 3"]]);
    assert.deepEqual(await questionsOf(store, { ...vera, consumer: "anna" }, 9), []);
  }));

Deno.test("a sweep deletes questions older than 90 days, where nobody asks any more", () =>
  withChat(async (chat) => {
    const { store } = chat, old = chat.now() - questionsKeptMs - 1_000;
    await botQuestions.put(store, asked("vera", 200, { at: old + 60_000 }));
    for (let seq = 1; seq <= 150; seq++) await botQuestions.put(store, asked("vera", seq, { at: old }));
    await new OldQuestions(chat).sweep();
    const left = await questionsOf(store, { workspace: "asha", consumer: "vera" }, 200);
    assert.deepEqual(left.map(({ seq }) => seq), [200]);
  }));

Deno.test("where the visitor had no conversation yet, its questions keep their seqs", () =>
  withChat(async (chat) => {
    await send(chat.store, anna, "a");
    await logQuestion(chat.store, asked("anna", 1));
    await mergeRooms(chat, anna, "vera");
    const found = await questionsOf(chat.store, { workspace: "asha", consumer: "vera" }, 9);
    assert.deepEqual(seqs(found), [[1, "anna 1"]]);
  }));

Deno.test("an export tells of each question and what became of it", () =>
  withChat(async (chat) => {
    await send(chat.store, veraAtAsha, "one");
    await logQuestion(chat.store, asked("vera", 1, { guess: "a1", confidence: 0.4, at: 0 }));
    await markOutcome(chat.store, asked("vera", 1), { outcome: "handed_off", reason: "unknown", at: 5 });
    const lines = (await Array.fromAsync(exportLines(chat, asha))).join("").trim().split("\n");
    const all = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "question");
    assert.deepEqual(all, [{
      ...{ type: "question", consumer: "vera", seq: 1, text: "vera 1", at: "1970-01-01T00:00:00.000Z" },
      ...{ guess: "a1", confidence: 0.4, outcome: "handed_off", reason: "unknown", before: "offered" },
    }]);
  }));

Deno.test("a question goes with the text that its visitor deletes", () =>
  withChat(async (chat) => {
    const { message } = await chat.store.appendMessage(draft(veraAtAsha, "one", { at: chat.now() }));
    await logQuestion(chat.store, asked("vera", message.seq));
    const vera = { kind: "visitor", admin: "asha", consumer: "vera", address: "::1" } as const;
    await deleteMessage(chat, vera, { seq: message.seq });
    assert.deepEqual(await questionsToReview(chat.store, "asha", 9), []);
  }));

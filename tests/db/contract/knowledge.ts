import assert from "node:assert/strict";
import { commitChange } from "../../../chat/knowledge/change.ts";
import { articleAfter, newArticle } from "../../../chat/knowledge/articles.ts";
import { applied, newAnswer } from "../../../chat/knowledge/answers.ts";
import type { ItemChange } from "../../../chat/knowledge/item_records.ts";
import { allAnswers } from "../../../db/collections/knowledge/answers.ts";
import { articles } from "../../../db/collections/knowledge/articles.ts";
import { formerItems, lastChanges } from "../../../db/collections/knowledge/changes.ts";
import { changeKnowledge, knowledgeHead, knowledgeHeads } from "../../../db/collections/knowledge/heads.ts";
import { allPassages } from "../../../db/collections/knowledge/passages.ts";
import { allFlows, changeFlows, type Flow, flows } from "../../../db/collections/flows.ts";
import type { Store } from "../../../db/store.ts";
import { maxArticleTextBytes } from "../../../protocol/limits.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers } from "./fixtures.ts";

const editor = { workspace: "asha", id: "e00000000000" }, at = morning;
const now = () => morning;

const answerOf = (title: string) => applied(newAnswer("asha"), { title, body: "x" }, { editor, at });
const flowOf = (n: number, title = `Flow ${n}`): Flow => ({
  ...{ workspace: "asha", id: `flow0000000${n}`, title, start: { button: true }, updated: morning },
  ...{ steps: [{ id: "bye", do: "end" }], locales: {}, enabled: true, version: 1 },
});
const commit = (store: Store, items: ItemChange[]) =>
  commitChange(
    { store, now },
    { editor, act: { act: "changed", kind: "knowledge" } },
    () => Promise.resolve({ answer: undefined, items }),
  );

export function knowledge(contractTest: ContractTest): void {
  contractTest(
    "of many who change the knowledge at once none is lost, and its head counts them all",
    async (store) => {
      let told = 0;
      const stop = await store.changes.follow(
        { owner: "asha", collection: knowledgeHeads.name },
        () => told++,
      );
      await Promise.all(
        numbers(20).map((n) => commit(store, [{ kind: "answer", after: answerOf(`Question ${n}`) }])),
      );
      stop();
      const head = await knowledgeHead(store, "asha");
      assert.deepEqual([head.n, head.answers, (await allAnswers(store, "asha")).length], [20, 20, 20]);
      assert(told >= 20, `${told}`);
      assert.deepEqual((await allAnswers(store, "bruno")).length, 0);
    },
  );

  contractTest("what a change has read is still true when it is made", async (store) => {
    let others = 0, asked = 0;
    await changeKnowledge(store, "asha", async ({ n }) => {
      asked++;
      // Twice, somebody else is faster.
      if (others++ < 2) await commit(store, [{ kind: "answer", after: answerOf(`Other ${others}`) }]);
      return { answer: n, commit: { put: [{ collection: "labels", key: ["asha", "seen"], value: n }] } };
    });
    assert.equal(asked, 3);
    assert.equal((await store.records.get("labels", ["asha", "seen"]))?.value, 2);
  });

  contractTest(
    "the longest article is one commit with its passages, changed, undone and gone",
    async (store, opened) => {
      const body = "# a\n".repeat(11_000), other = "word ".repeat(maxArticleTextBytes / 5);
      const start = { ...newArticle("asha"), url: `https://a.example/${"x".repeat(480)}` };
      const first = articleAfter(start, { title: "T".repeat(120), body }, { editor, at });
      const second = articleAfter(first, { title: "ß".repeat(120), body: other }, { editor, at });
      await commit(store, [{ kind: "article", after: first }]);
      assert.equal((await allPassages(store, "asha")).length, first.passages);
      await commit(store, [{ kind: "article", before: first, after: second }]);
      const again = await opened.reopen();
      assert.equal(
        (await allPassages(again, "asha")).map(({ text }) => text).join(" ").length,
        other.trim().length,
      );
      assert.deepEqual(await articles.get(again, ["asha", first.id]), second);
      await commit(again, [{ kind: "article", before: second }]);
      assert.deepEqual(await allPassages(again, "asha"), []);
      const { n: _, ...sizes } = await knowledgeHead(again, "asha");
      assert.deepEqual(sizes, {
        workspace: "asha",
        answers: 0,
        articles: 0,
        passages: 0,
        phrases: 0,
        bytes: 0,
      });
      assert.equal(
        (await Array.fromAsync(formerItems.all(again, "asha"))).length,
        1,
        "the last change alone",
      );
    },
  );

  contractTest(
    "of many who change flows at once none is lost, each counts in the head",
    async (store, opened) => {
      await Promise.all(
        numbers(8).map((n) => changeFlows(store, "asha", () => ({ answer: n, put: flowOf(n) }))),
      );
      // One title of two, whoever is first.
      const wanted = await Promise.all(
        numbers(2).map((n) =>
          changeFlows(store, "asha", (all) => {
            const isTaken = all.some(({ title }) => title === "Only one");
            return isTaken ? { answer: 0 } : { answer: 1, put: { ...flowOf(n, "Only one"), version: 2 } };
          })
        ),
      );
      assert.deepEqual(wanted.sort(), [0, 1]);
      await changeFlows(store, "asha", () => ({ answer: undefined, drop: flowOf(5).id }));
      const again = await opened.reopen(), all = await allFlows(again, "asha");
      assert.equal(all.length, 7);
      assert.equal(all.filter(({ title, version }) => title === "Only one" && version === 2).length, 1);
      assert.deepEqual(await flows.get(again, ["asha", flowOf(6).id]), flowOf(6));
      assert.equal((await knowledgeHead(again, "asha")).n, 10);
      assert.deepEqual(await allFlows(again, "bruno"), []);
    },
  );

  contractTest("nothing of it is left of a deleted account", async (store) => {
    await store.createAccount({ username: "asha", password: "phc", created: morning });
    const after = articleAfter(newArticle("asha"), { title: "Help", body: "text" }, { editor, at });
    await commit(store, [{ kind: "article", after }, { kind: "answer", after: answerOf("Question") }]);
    assert((await lastChanges.get(store, ["asha"]))?.count === 2);
    await changeFlows(store, "asha", () => ({ answer: undefined, put: flowOf(1) }));
    await store.forgetAccount("asha");
    const names = [
      "answers",
      "answers/byTitle",
      "articles",
      "articles/byTitle",
      "passages",
      "knowledge_heads",
      "flows",
    ];
    for (const name of [...names, "knowledge_last", "knowledge_former"]) {
      assert.deepEqual(await store.records.list(name, ["asha"], { limit: 9 }), [], name);
    }
  });
}

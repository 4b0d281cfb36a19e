import assert from "node:assert/strict";
import { removeMember } from "../../../chat/team/member_changes.ts";
import { actIn } from "../../../chat/team/acting.ts";
import { memberOf } from "../../../chat/team/members.ts";
import { allPassages } from "../../../db/collections/knowledge/passages.ts";
import { knowledgeHead } from "../../../db/collections/knowledge/heads.ts";
import { maxAnswers } from "../../../protocol/limits.ts";
import { withKnowledge } from "./knowledge_cast.ts";

const hours = { title: "Opening hours", phrases: ["when are you open"], body: "Nine to five." };

Deno.test("an answer is added, read, changed and deleted, and its head counts each change", async () => {
  await withKnowledge(async ({ parlor, asha, ines }) => {
    const { store } = parlor.running.service.chat;
    const added = await asha("POST", "/answers", {
      ...hours,
      locales: { es: { title: "Horario", body: "De nueve a cinco." } },
      buttons: [{ label: "A person", do: { person: true } }],
    });
    assert.equal(added.status, 201);
    const { id, version, source, buttons, locales } = added.body;
    assert.deepEqual([version, source, locales.es.phrases], [1, "manual", []]);
    assert.match(buttons[0].id, /^[a-z0-9]{12}$/);
    assert.deepEqual((await ines("GET", `/answers/${id}`)).body, added.body);
    const changed = await asha("PATCH", `/answers/${id}`, { version, body: "Ten to six." });
    assert.deepEqual(
      { ...changed.body, updated: "" },
      { ...added.body, body: "Ten to six.", version: 2, updated: "" },
      "what is not given stays",
    );
    const phrased = await asha("POST", `/answers/${id}/phrases`, { phrase: " open  today " });
    assert.deepEqual(phrased.body.phrases, ["when are you open", "open today"]);
    const again = await asha("POST", `/answers/${id}/phrases`, { phrase: "open today" });
    assert.equal(again.body.version, 3, "a phrase that is there changes nothing");
    const head = await knowledgeHead(store, "asha");
    assert.deepEqual([head.n, head.answers, head.phrases], [3, 1, 2]);
    assert.equal((await asha("DELETE", `/answers/${id}?version=3`)).status, 204);
    assert.equal((await asha("GET", `/answers/${id}`)).status, 404);
    const { n: _, ...empty } = await knowledgeHead(store, "asha");
    assert.deepEqual(empty, {
      workspace: "asha",
      answers: 0,
      articles: 0,
      passages: 0,
      phrases: 0,
      bytes: 0,
    });
  });
});

Deno.test("of two who edit one version the second is told what it is now, and overwrites nothing", async () => {
  await withKnowledge(async ({ asha, mara }) => {
    for (const [path, kind] of [["/answers", "answer"], ["/articles", "article"]] as const) {
      const { body: { id } } = await asha("POST", path, { title: hours.title, body: hours.body });
      const both = await Promise.all([
        asha("PATCH", `${path}/${id}`, { version: 1, body: "of asha" }),
        mara("PATCH", `${path}/${id}`, { version: 1, body: "of mara" }),
      ]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], kind);
      const won = both.find(({ status }) => status === 200)!,
        lost = both.find(({ status }) => status === 409)!;
      assert.equal(lost.body.error.code, "conflict");
      assert.deepEqual(lost.body.error[kind], won.body);
      assert.deepEqual((await asha("GET", `${path}/${id}`)).body, won.body);
      assert.equal((await mara("DELETE", `${path}/${id}?version=1`)).status, 409);
      assert.equal((await mara("PATCH", `${path}/${id}`, { version: 2, body: "again" })).status, 200);
      assert.equal((await mara("DELETE", `${path}/${id}?version=3`)).status, 204);
      assert.equal((await asha("PATCH", `${path}/${id}`, { version: 3, body: "x" })).status, 404);
    }
  });
});

Deno.test("another workspace reaches nothing, and a removed colleague nothing any more", async () => {
  await withKnowledge(async ({ parlor, asha, mara, ines, bruno }) => {
    const { body: { id } } = await asha("POST", "/answers", hours);
    const { body: article } = await asha("POST", "/articles", hours);
    for (const path of [`/answers/${id}`, `/articles/${article.id}`]) {
      assert.equal((await bruno("GET", path)).status, 404);
      assert.equal((await bruno("PATCH", path, { version: 1, title: "x" })).status, 404);
      assert.equal((await bruno("DELETE", path)).status, 404);
      assert.equal((await ines("PATCH", path, { version: 1, title: "x" })).body.error.code, "not_allowed");
    }
    assert.deepEqual((await bruno("GET", "/answers")).body, { answers: [], total: 0 });
    assert.deepEqual((await bruno("GET", "/knowledge/last")).body, { last: null });
    assert.equal((await bruno("POST", "/knowledge/undo")).status, 404);
    const { chat } = parlor.running.service, { store } = chat;
    const { id: account } = (await store.account("asha"))!;
    const owner = await actIn(chat, { username: "asha", account: account! }, "asha");
    await removeMember(chat, owner, (await memberOf(chat, "asha", "mara"))!.id);
    assert.equal((await mara("PATCH", `/answers/${id}`, { version: 1, title: "x" })).status, 403);
    assert.equal((await mara("GET", "/answers")).status, 403);
  });
});

Deno.test("what is wrong is said by field, and limits hold", async () => {
  await withKnowledge(async ({ asha }) => {
    const fieldsOf = async (path: string, body: unknown) =>
      Object.keys((await asha("POST", path, body)).body.error.fields ?? {});
    assert.deepEqual(await fieldsOf("/answers", { title: " ", body: "" }), ["title", "body"]);
    assert.deepEqual(await fieldsOf("/answers", { ...hours, title: "a\0b" }), ["title"]);
    assert.deepEqual(await fieldsOf("/answers", { ...hours, locales: { "e s": hours } }), ["locales.e s"]);
    assert.deepEqual(
      await fieldsOf("/answers", { ...hours, buttons: [{ label: "x", do: { url: "javascript:1" } }] }),
      ["buttons.0.do.url"],
    );
    const long = Array.from({ length: 90 }, (_, n) => `${n} ${"ö".repeat(280)}`);
    assert.deepEqual(await fieldsOf("/answers", { ...hours, phrases: long }), ["phrases"]);
    const wide = Object.fromEntries(
      ["es", "fr", "de", "pt", "hi", "ar", "ja"].map((tag) => [tag, { title: "x", body: "ö".repeat(4_000) }]),
    );
    const phrases = Array.from({ length: 20 }, (_, n) => `${n} ${"x".repeat(250)}`);
    assert.deepEqual(await fieldsOf("/answers", { ...hours, locales: wide, phrases }), [""], "as a whole");
    assert.equal((await asha("POST", "/answers", hours)).status, 201);
    assert.deepEqual(await fieldsOf("/answers", { ...hours, title: "OPENING  hours" }), ["title"]);
    assert.deepEqual(await fieldsOf("/articles", { title: "x", body: "ö".repeat(26_000) }), ["body"]);
    assert.deepEqual(await fieldsOf("/articles", { title: "x", body: "x", url: "file:///etc/passwd" }), [
      "url",
    ]);
  });
});

Deno.test("lists are paged by title and found by a part of it", async () => {
  await withKnowledge(async ({ asha, ines }) => {
    for (const path of ["/answers", "/articles"]) {
      const kind = path.slice(1);
      for (const n of [3, 1, 2, 5, 4]) {
        assert.equal(
          (await asha("POST", path, { title: `Question ${n}`, body: "x".repeat(300) })).status,
          201,
        );
      }
      const titles: string[] = [];
      for (let cursor = "", more = true; more;) {
        const query = `?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
        const { body } = await ines("GET", `${path}${query}`);
        assert.equal(body.total, 5);
        titles.push(...body[kind].map(({ title }: { title: string }) => title));
        more = (cursor = body.cursor ?? "") !== "";
      }
      assert.deepEqual(titles, [1, 2, 3, 4, 5].map((n) => `Question ${n}`), path);
      const { body: found } = await ines("GET", `${path}?q=TION%204`);
      assert.deepEqual(found[kind].map(({ title }: { title: string }) => title), ["Question 4"]);
      assert.equal(found[kind][0].excerpt.length, 160);
      assert.equal((await ines("GET", `${path}?cursor=x`)).status, 400);
      assert.equal((await ines("GET", `${path}?cursor=["a","b","\\u0000"]`)).status, 400);
    }
  });
});

Deno.test("an article's passages follow it, and are there while it is on", async () => {
  await withKnowledge(async ({ parlor, asha }) => {
    const { store } = parlor.running.service.chat;
    const textsOf = async () => (await allPassages(store, "asha")).map(({ text, title }) => [title, text]);
    const body = `# Returns\n\n${"You have 30 days. ".repeat(60)}\n\n# Costs\n\nWe pay.`;
    const { body: { id } } = await asha("POST", "/articles", { title: "Help", body });
    assert.deepEqual((await textsOf()).map(([title, text]) => [title, text!.slice(0, 9)]), [
      ["Help", "# Returns"],
      ["Help", "# Costs\n\n"],
    ]);
    await asha("PATCH", `/articles/${id}`, { version: 1, title: "More help", body: "Short." });
    assert.deepEqual(await textsOf(), [["More help", "Short."]]);
    await asha("PATCH", `/articles/${id}`, { version: 2, enabled: false });
    assert.deepEqual(await textsOf(), []);
    assert.equal((await asha("GET", "/articles")).body.articles[0].passages, 1);
    await asha("POST", "/knowledge/undo");
    assert.deepEqual(await textsOf(), [["More help", "Short."]]);
    await asha("DELETE", `/articles/${id}`);
    assert.deepEqual(await textsOf(), []);
  });
});

Deno.test("the last change is undone, whatever it was, and so is the undo", async () => {
  await withKnowledge(async ({ asha, mara, ines }) => {
    const { body: added } = await asha("POST", "/answers", hours);
    const lastOf = async () => {
      const { act, title, count } = (await ines("GET", "/knowledge/last")).body.last;
      return [act, title, count];
    };
    assert.deepEqual(await lastOf(), ["added", hours.title, 1]);
    await asha("PATCH", `/answers/${added.id}`, { version: 1, title: "Hours", body: "Ten to six." });
    assert.equal((await ines("POST", "/knowledge/undo")).status, 403);
    const { body: undone } = await mara("POST", "/knowledge/undo");
    assert.equal(undone.last.act, "undone");
    const restored = (await asha("GET", `/answers/${added.id}`)).body;
    assert.deepEqual([restored.title, restored.body, restored.version], [hours.title, hours.body, 3]);
    assert.equal(
      (await asha("PATCH", `/answers/${added.id}`, { version: 1, body: "x" })).status,
      409,
      "who edits the version before is told",
    );
    await asha("POST", "/knowledge/undo");
    assert.equal((await asha("GET", `/answers/${added.id}`)).body.title, "Hours");
    await asha("DELETE", `/answers/${added.id}`);
    assert.deepEqual(await lastOf(), ["deleted", "Hours", 1]);
    await Promise.all([asha("POST", "/knowledge/undo"), asha("POST", "/knowledge/undo")]);
    const { body: list } = await asha("GET", "/answers");
    assert(list.total <= 1, "two at once leave it there or deleted, never twice");
    if (list.total === 0) await asha("POST", "/knowledge/undo");
    assert.equal((await asha("GET", `/answers/${added.id}`)).body.body, "Ten to six.");
  });
});

Deno.test("what is changed is in the audit log, without its texts", async () => {
  await withKnowledge(async ({ asha }) => {
    const { body: { id } } = await asha("POST", "/answers", hours);
    await asha("PATCH", `/answers/${id}`, { version: 1, enabled: false });
    await asha("POST", "/knowledge/undo");
    await asha("DELETE", `/answers/${id}`);
    const { text, body } = await asha("GET", "/audit");
    const acts = body.entries.map(({ act }: { act: string }) => act);
    assert.deepEqual(acts.slice(0, 4), [
      "answer_deleted",
      "knowledge_undone",
      "answer_changed",
      "answer_added",
    ]);
    assert(!text.includes(hours.body));
  });
});

Deno.test("a workspace has at most 500 answers, however many are added at once", async () => {
  await withKnowledge(async ({ parlor, asha }) => {
    const { store } = parlor.running.service.chat;
    const head = await knowledgeHead(store, "asha");
    await store.records.commit({
      put: [{
        collection: "knowledge_heads",
        key: ["asha"],
        value: { ...head, n: 1, answers: maxAnswers - 2 },
      }],
    });
    const added = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => asha("POST", "/answers", { title: `Question ${n}`, body: "x" })),
    );
    assert.deepEqual(added.map(({ status }) => status).sort(), [201, 201, 403, 403, 403]);
  });
});

Deno.test("an empty workspace gets five answers to begin with, off, in each of the widget's languages", async () => {
  await withKnowledge(async ({ asha, ines }) => {
    for (const locale of ["en", "hi", "es", "fr", "de", "pt-BR", "ar", "ja", "sw"]) {
      const added = await asha("POST", "/knowledge/starters", { locale });
      assert.equal(added.status, 201, `${locale} ${added.text}`);
      assert.deepEqual(added.body.answers.length, 5);
      for (const { id, enabled, source, phrases } of added.body.answers) {
        assert.deepEqual([enabled, source, phrases], [false, "starter", 4], locale);
        const { title, phrases: all, body } = (await asha("GET", `/answers/${id}`)).body;
        // As a request would be checked.
        const { body: again } = await asha("PATCH", `/answers/${id}`, {
          version: 1,
          title,
          phrases: all,
          body,
        });
        assert.deepEqual([again.title, again.phrases, again.body], [title, all, body], locale);
      }
      assert.equal((await asha("POST", "/knowledge/starters", { locale })).status, 400, "not twice");
      const { body: { answers } } = await asha("GET", "/answers");
      for (const { id } of answers) await asha("DELETE", `/answers/${id}`);
    }
    assert.equal((await ines("POST", "/knowledge/starters", { locale: "en" })).status, 403);
    await asha("POST", "/knowledge/starters", { locale: "de" });
    await asha("POST", "/knowledge/undo");
    assert.equal((await asha("GET", "/answers")).body.total, 0);
  });
});

Deno.test("the export of a workspace holds its answers and articles, and none of another", async () => {
  await withKnowledge(async ({ asha, bruno }) => {
    const { body: one } = await asha("POST", "/answers", hours);
    const { body: article } = await asha("POST", "/articles", { title: "Help", body: "text" });
    await bruno("POST", "/answers", { title: "Of bruno", body: "x" });
    const { text } = await asha("GET", "/export");
    const lines = text.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(lines, [{ type: "answer", ...one }, { type: "article", ...article }]);
  });
});

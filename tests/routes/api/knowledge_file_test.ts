import assert from "node:assert/strict";
import fc from "fast-check";
import { answers } from "../../../db/collections/knowledge/answers.ts";
import { articles } from "../../../db/collections/knowledge/articles.ts";
import type { Store } from "../../../db/store.ts";
import { AnswerPatch, NewAnswer, NewArticle } from "../../../protocol/knowledge.ts";
import { type Caller, withKnowledge } from "./knowledge_cast.ts";

const types = { csv: "text/csv", json: "application/json", markdown: "text/markdown" } as const;
type Kind = keyof typeof types;

const importAs = (caller: Caller, kind: Kind, text: string, more = "") =>
  caller("POST", `/knowledge/import?kind=${kind}${more}`, text, types[kind]);

/** What an export has to keep. */
async function contentsOf(store: Store, workspace: string) {
  const rows: unknown[] = [];
  for await (const { id, title, phrases, body, enabled, locales, buttons } of answers.all(store, workspace)) {
    rows.push({ id, title, phrases, body, enabled, locales, buttons });
  }
  for await (const { id, title, url, body, enabled, passages } of articles.all(store, workspace)) {
    rows.push({ id, title, url, body, enabled, passages });
  }
  return rows;
}

/** Texts that files and spreadsheets are said to break. */
const hostile = fc.oneof(
  fc.constantFrom(
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "''-",
    '"',
    '""',
    "a\r\nb",
    "a\rb\n\nc",
    "\ufeffx",
    "x;y,z",
    "# x",
  ),
  fc.constantFrom(
    "\u202eabc\u202c",
    "مرحبا، كيف؟",
    "नमस्ते",
    "日本語",
    "👩‍👩‍👧",
    "<script>",
    "{{name}}",
    "\\",
    "@x",
    "\tx",
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const isRead = <T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown) => {
  const read = schema.safeParse(value);
  return read.success ? [read.data as T] : [];
};

const someAnswers = fc.array(
  fc.record({
    title: hostile,
    phrases: fc.array(hostile, { maxLength: 4 }),
    body: hostile,
    enabled: fc.boolean(),
    locales: fc.dictionary(
      fc.constantFrom("es", "pt-BR", "ar"),
      fc.record({ title: hostile, phrases: fc.array(hostile, { maxLength: 2 }), body: hostile }),
    ),
    buttons: fc.array(
      fc.record({
        label: hostile,
        do: fc.constantFrom({ person: true }, { url: "https://a.example/?q=%22" }, {
          answer: "aaaaaaaaaaaa",
        }),
      }),
      { maxLength: 2 },
    ),
  }),
  { maxLength: 6 },
);
const someArticles = fc.array(
  fc.record({
    title: hostile,
    body: hostile,
    enabled: fc.boolean(),
    url: fc.constantFrom("", "https://a.example/x"),
  }),
  { maxLength: 3 },
);

Deno.test("what is exported and imported elsewhere is the same there, and here it changes nothing", async () => {
  await withKnowledge(async ({ parlor, asha, bruno }) => {
    const { store } = parlor.running.service.chat;
    const empty = async (caller: Caller) => {
      for (const [path, kind] of [["/answers", "answers"], ["/articles", "articles"]] as const) {
        for (const { id } of (await caller("GET", path)).body[kind]) await caller("DELETE", `${path}/${id}`);
      }
    };
    await fc.assert(
      fc.asyncProperty(someAnswers, someArticles, async (drafts, texts) => {
        for (const caller of [asha, bruno]) await empty(caller);
        for (const draft of drafts) {
          const { status, text } = await asha("POST", "/answers", draft);
          const isGood = isRead(NewAnswer, draft).length > 0;
          assert(status === 201 ? isGood : status === 400, `${status} ${text}`);
        }
        for (const draft of texts) {
          const { status } = await asha("POST", "/articles", draft);
          assert.equal(status, isRead(NewArticle, draft).length > 0 ? 201 : 400);
        }
        const before = await contentsOf(store, "asha");
        for (const kind of ["csv", "json"] as const) {
          const { text } = await asha("GET", `/knowledge/export.${kind}`);
          const report = { changed: 0, refused: [] };
          const there = await importAs(bruno, kind, text);
          assert.deepEqual(there.body, { ...report, added: before.length, same: 0, imported: true }, kind);
          assert.deepEqual(await contentsOf(store, "bruno"), before, kind);
          const here = await importAs(asha, kind, text);
          assert.deepEqual(here.body, { ...report, added: 0, same: before.length, imported: true }, kind);
          await empty(bruno);
        }
      }),
      { numRuns: 25 },
    );
  });
});

Deno.test("what no text may hold is refused with its line, and then nothing is imported", async () => {
  await withKnowledge(async ({ asha }) => {
    const refusedIn = async (kind: Kind, text: string, more = "") => {
      const { body, status } = await importAs(asha, kind, text, more);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.imported, false);
      return body.refused.map(({ line, why }: { line: number; why: string }) => `${line} ${why}`);
    };
    assert.deepEqual(
      await refusedIn(
        "csv",
        "title,body,enabled,buttons\ngood,Hello\n,Hello\nlong," + "x".repeat(4_001) + "\nnul,a\0b\n" +
          'Good,again\nmaybe,x,perhaps\n"two\nlines",x,yes,{}\nlast,x,yes,[',
      ),
      [
        "3 title: may not be empty",
        "4 body: at most 4000 characters",
        "5 body: text with NUL or a broken character",
        "6 an earlier line is about the same",
        "7 enabled: Invalid input: expected boolean, received string",
        "8 buttons: Invalid input: expected array, received object",
        "10 buttons: Invalid input: expected array, received string",
      ],
    );
    assert.deepEqual(
      await refusedIn(
        "json",
        '{"x": [{}],\n"answers": [\n  {"title": "a\\ud800", "body": "\\"]}"},\n {\n}],\n"articles":[7]}',
      ),
      [
        "3 title: text with NUL or a broken character",
        "4 title: is missing; body: is missing",
        "1 Invalid input: expected object, received number",
      ],
    );
    assert.deepEqual(await refusedIn("markdown", "Hello\n\n# Q\n> only a phrase\n"), [
      "1 text before the first heading",
      "3 body: may not be empty",
    ]);
    assert.deepEqual(await refusedIn("csv", "locale,title,body\nes,Hola,Adios"), [
      "2 a row with a locale stands below its answer",
    ]);
    assert.equal((await asha("GET", "/answers")).body.total, 0);
  });
});

Deno.test("what is no such file is told as a whole", async () => {
  await withKnowledge(async ({ asha, ines }) => {
    for (
      const [kind, text] of [
        ["csv", ""],
        ["csv", "code,text\na,b"],
        ["csv", 'title,body\na,"b'],
        ["json", "{"],
        ["json", "7"],
        ["json", '{"answers":{}}'],
      ] as const
    ) {
      const { status, body } = await importAs(asha, kind, text);
      assert.deepEqual([status, Object.keys(body.error.fields ?? {})], [400, ["file"]], text);
    }
    assert.equal(
      (await asha("POST", "/knowledge/import?kind=csv", "title,body\n", "text/plain")).status,
      400,
    );
    assert.equal((await asha("POST", "/knowledge/import?kind=xml", "x", "text/csv")).status, 400);
    assert.equal((await importAs(asha, "csv", "x".repeat(20 * 1024 * 1024 + 1))).status, 413);
    assert.equal((await importAs(ines, "csv", "title,body\na,b")).status, 403);
  });
});

Deno.test("a file adds to answers, leaves what it does not say, and is undone as one change", async () => {
  await withKnowledge(async ({ asha }) => {
    const { body: there } = await asha("POST", "/answers", {
      ...{ title: "Opening hours", phrases: ["open today"], body: "Nine.", enabled: false },
      buttons: [{ label: "Call", do: { person: true } }],
    });
    const file = "Question;Answer\nOPENING HOURS;Ten.\nReturns;30 days.\n";
    const dry = await importAs(asha, "csv", file, "&dry_run");
    const report = { added: 1, changed: 1, same: 0, refused: [] };
    assert.deepEqual(dry.body, { ...report, imported: false });
    assert.deepEqual((await asha("GET", `/answers/${there.id}`)).body, there, "a dry run changes nothing");
    assert.deepEqual((await importAs(asha, "csv", file)).body, { ...report, imported: true });
    const { body: changed } = await asha("GET", `/answers/${there.id}`);
    assert.deepEqual(
      [changed.title, changed.body, changed.phrases, changed.enabled, changed.buttons],
      ["OPENING HOURS", "Ten.", ["open today"], false, there.buttons],
    );
    assert.deepEqual((await importAs(asha, "csv", file)).body.same, 2, "once more changes nothing");
    const { body: { last } } = await asha("GET", "/knowledge/last");
    assert.deepEqual([last.act, last.count], ["imported", 2]);
    await asha("POST", "/knowledge/undo");
    const { body: restored } = await asha("GET", `/answers/${there.id}`);
    assert.deepEqual([restored.title, restored.body], ["Opening hours", "Nine."]);
    assert.equal((await asha("GET", "/answers")).body.total, 1);
  });
});

Deno.test("headings of Markdown are answers, or articles", async () => {
  await withKnowledge(async ({ asha }) => {
    const file =
      "# FAQ\n\n## When are you open?\n> opening hours\n> open on sunday\n\nNine to five.\n\n```\n# no heading\n```\n" +
      "## Returns ##\n30 days.\n\n# Contact\nWrite to us.\n";
    assert.equal((await importAs(asha, "markdown", file)).body.added, 3);
    const { body: { answers: rows } } = await asha("GET", "/answers");
    assert.deepEqual(rows.map(({ title }: { title: string }) => title), [
      "Contact",
      "Returns",
      "When are you open?",
    ]);
    const { body: open } = await asha("GET", `/answers/${rows[2].id}`);
    assert.deepEqual(open.phrases, ["opening hours", "open on sunday"]);
    assert.equal(open.body, "Nine to five.\n\n```\n# no heading\n```");
    assert.equal((await importAs(asha, "markdown", file, "&as=articles")).body.added, 2);
    const { body: { articles: texts } } = await asha("GET", "/articles");
    assert.deepEqual(texts.map(({ title }: { title: string }) => title), ["Contact", "FAQ"]);
    assert.equal(
      (await importAs(asha, "markdown", "Just a text\nof two lines", "&as=articles")).body.added,
      1,
    );
  });
});

Deno.test("a full workspace is exported, imported elsewhere, and undone there", async () => {
  await withKnowledge(async ({ parlor, asha, bruno }) => {
    const { store } = parlor.running.service.chat;
    const made = {
      answers: Array.from({ length: 300 }, (_, n) => ({
        ...{ title: `Question ${n}`, body: `Text ${n} `.repeat(200).slice(0, 4_000) },
        phrases: Array.from({ length: 10 }, (_, i) => `phrase ${n}.${i} ${"y".repeat(60)}`),
      })),
      articles: Array.from({ length: 60 }, (_, n) => ({
        title: `Article ${n}`,
        body: `# Part\n\n${`Sentence ${n}. `.repeat(3_500).slice(0, 48_000)}`,
      })),
    };
    const added = await importAs(asha, "json", JSON.stringify(made));
    assert.deepEqual([added.status, added.body.added], [200, 360], added.text);
    const digestOf = async (workspace: string) => JSON.stringify(await contentsOf(store, workspace));
    const before = await digestOf("asha");
    for (const kind of ["json", "csv"] as const) {
      const { text } = await asha("GET", `/knowledge/export.${kind}`);
      assert.equal((await importAs(bruno, kind, text)).body.added, 360, kind);
      assert(await digestOf("bruno") === before, kind);
      const undone = await bruno("POST", "/knowledge/undo");
      assert.deepEqual([undone.status, undone.body.last?.count], [200, 360], undone.text.slice(0, 300));
      assert.equal((await contentsOf(store, "bruno")).length, 0);
    }
    const more = {
      articles: Array.from({ length: 150 }, (_, n) => ({ ...made.articles[0], title: `More ${n}` })),
    };
    const refused = await importAs(asha, "json", JSON.stringify(more));
    assert.deepEqual([refused.status, refused.body.error.code], [403, "quota_reached"]);
    assert(await digestOf("asha") === before, "all or none");
  });
});

Deno.test("an import goes on while colleagues write, and loses nothing of theirs", async () => {
  await withKnowledge(async ({ asha, mara }) => {
    const file = JSON.stringify(
      Array.from({ length: 200 }, (_, n) => ({ title: `Question ${n}`, body: "x" })),
    );
    const [{ body }, ...written] = await Promise.all([
      importAs(asha, "json", file),
      ...[1, 2, 3, 4, 5].map((n) => mara("POST", "/answers", { title: `Of mara ${n}`, body: "x" })),
    ]);
    assert.deepEqual([body!.added, body!.imported], [200, true]);
    assert(written.every(({ status }) => status === 201));
    assert.equal((await asha("GET", "/answers")).body.total, 205);
    assert(AnswerPatch.safeParse({ version: 1 }).success);
  });
});

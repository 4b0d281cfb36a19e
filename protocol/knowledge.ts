import { z } from "zod";
import { DeskId } from "./desk.ts";
import { maxArticleTextBytes, maxButtons, maxLocales, maxPhrases } from "./limits.ts";
import { HttpsUrl } from "./origin.ts";
import { Time } from "./records.ts";
import { isBlank, isStorable, plainText, trimmed } from "./text.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** A text in one line. */
function line(min: number, max: number) {
  return z.string().refine(isStorable, "text with NUL or a broken character")
    .overwrite((text) => isBlank(text) ? "" : trimmed(text).replace(/\s+/gu, " "))
    .min(min, min === 1 ? "may not be empty" : `at least ${min} characters`)
    .max(max, `at most ${max} characters`);
}

const Title = line(1, 120);
const Phrases = z.array(line(1, 300)).max(maxPhrases, `at most ${maxPhrases} phrases`)
  .overwrite((all) => [...new Set(all)]);
const Body = plainText(1, 4_000);

/** A language tag such as `es` or `pt-BR`. */
export const LanguageTag = z.string().max(35).regex(
  /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  "a language tag such as es or pt-BR",
);

/** What a button under an answer does. An answer or a flow that does not exist any more is not shown. */
export const ButtonAct = z.union([
  z.strictObject({ answer: DeskId }),
  z.strictObject({ flow: DeskId }),
  z.strictObject({ url: HttpsUrl }),
  z.strictObject({ person: z.literal(true) }),
], "one of answer, flow, url, person");
export type ButtonAct = z.infer<typeof ButtonAct>;

export const AnswerButton = z.object({ id: DeskId, label: line(1, 40), do: ButtonAct });
export type AnswerButton = z.infer<typeof AnswerButton>;
const ButtonDraft = AnswerButton.extend({
  id: DeskId.optional().describe("of a button that exists; a new one is given an id"),
});

/** An answer in another language. */
export const AnswerVariant = z.object({ title: Title, phrases: Phrases.default([]), body: Body });
export type AnswerVariant = z.infer<typeof AnswerVariant>;

const answerShape = {
  title: Title,
  phrases: Phrases.describe("other ways to ask for it"),
  body: Body.describe("plain text"),
  locales: z.record(LanguageTag, AnswerVariant).refine(
    (all) => Object.keys(all).length <= maxLocales,
    `at most ${maxLocales} languages`,
  ),
  buttons: z.array(ButtonDraft).max(maxButtons, `at most ${maxButtons} buttons`).refine(
    (all) => new Set(all.map(({ id }) => id ?? {})).size === all.length,
    "two buttons have the same id",
  ),
  enabled: z.boolean(),
};

export const NewAnswer = z.object({
  ...answerShape,
  phrases: answerShape.phrases.default([]),
  locales: answerShape.locales.default({}),
  buttons: answerShape.buttons.default([]),
  enabled: answerShape.enabled.default(true),
  source: z.enum(["manual", "learned"]).default("manual"),
});
export type NewAnswer = z.infer<typeof NewAnswer>;

const version = z.int().min(1).describe(
  "of what was edited: refused with `conflict` if somebody else has changed it",
);

export const AnswerPatch = z.object(answerShape).partial().extend({ version });
export type AnswerPatch = z.infer<typeof AnswerPatch>;

export const NewPhrase = z.object({ phrase: line(1, 300), locale: LanguageTag.optional() });
export type NewPhrase = z.infer<typeof NewPhrase>;

const madeBy = {
  updated: Time,
  by: z.string().optional().describe("id of the member who has changed it last"),
  version: z.int().min(1),
};

/** An answer that the chatbot gives. */
export const AnswerSeen = z.object({
  id: DeskId,
  title: z.string(),
  phrases: z.array(z.string()),
  body: z.string(),
  locales: z.record(z.string(), AnswerVariant),
  buttons: z.array(AnswerButton),
  enabled: z.boolean(),
  source: z.enum(["manual", "import", "learned", "starter"]),
  ...madeBy,
});
export type AnswerSeen = z.infer<typeof AnswerSeen>;

/** An answer in a list. */
export const AnswerRow = AnswerSeen.omit({ phrases: true, body: true, locales: true, buttons: true }).extend({
  excerpt: z.string().describe("of its body"),
  phrases: z.int().min(0).describe("how many, in all languages"),
  locales: z.array(z.string()),
});
export type AnswerRow = z.infer<typeof AnswerRow>;

const cursor = z.string().optional().describe("where the next page begins; absent on the last");

/** Answer to `GET /messages/api/answers`: a page, by title. */
const total = z.int().min(0).describe("of the workspace, whatever was looked for");
export const AnswerPage = z.object({ answers: z.array(AnswerRow), total, cursor });
export type AnswerPage = z.infer<typeof AnswerPage>;

const WebUrl = z.string().max(500).refine(
  (url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""),
  "a http or https address",
);

const articleShape = {
  title: Title,
  url: z.union([z.literal(""), WebUrl]).describe("empty: none"),
  body: plainText(1, maxArticleTextBytes).refine(
    (text) => bytesOf(text) <= maxArticleTextBytes,
    `at most ${maxArticleTextBytes / 1024} KiB`,
  ),
  enabled: z.boolean(),
};

export const NewArticle = z.object({
  ...articleShape,
  url: articleShape.url.default(""),
  enabled: articleShape.enabled.default(true),
});
export type NewArticle = z.infer<typeof NewArticle>;
export const ArticlePatch = z.object(articleShape).partial().extend({ version });
export type ArticlePatch = z.infer<typeof ArticlePatch>;

/** A longer text that answers are found in. */
export const ArticleSeen = z.object({
  id: DeskId,
  title: z.string(),
  url: z.string().optional(),
  body: z.string(),
  enabled: z.boolean(),
  source: z.enum(["manual", "import", "page"]),
  ...madeBy,
});
export type ArticleSeen = z.infer<typeof ArticleSeen>;

/** An article in a list. */
export const ArticleRow = ArticleSeen.omit({ body: true }).extend({
  excerpt: z.string().describe("of its body"),
  passages: z.int().min(0).describe("how many its text is cut into"),
});
export type ArticleRow = z.infer<typeof ArticleRow>;

/** Answer to `GET /messages/api/articles`: a page, by title. */
export const ArticlePage = z.object({ articles: z.array(ArticleRow), total, cursor });
export type ArticlePage = z.infer<typeof ArticlePage>;

/** The query of both lists. */
export const KnowledgeQuery = z.object({
  q: z.string().max(200).optional().describe("a part of the title"),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type KnowledgeQuery = z.infer<typeof KnowledgeQuery>;

/** The query with which an answer or an article is deleted. */
export const DropItem = z.object({ version: z.coerce.number().int().min(1).optional() });

/** The query of `POST /messages/api/knowledge/import`; the body is a file of the type text/csv, text/markdown or application/json. */
export const ImportQuery = z.object({
  kind: z.enum(["csv", "markdown", "json"]),
  as: z.enum(["answers", "articles"]).default("answers").describe("what the headings of Markdown are"),
  dry_run: z.string().optional().describe("nothing is changed"),
});

/** Answer to `POST /messages/api/knowledge/import`. */
export const KnowledgeImport = z.object({
  added: z.int().min(0),
  changed: z.int().min(0),
  same: z.int().min(0),
  refused: z.array(z.object({ line: z.int().min(1), why: z.string() })).describe("the first 100"),
  imported: z.boolean().describe(
    "false for a dry run, and where a line is refused: then nothing was changed",
  ),
});
export type KnowledgeImport = z.infer<typeof KnowledgeImport>;

/** Reads pages of the site that the chatbot may be on (`allowed_origins`). */
export const ReadPages = z.object({
  urls: z.array(WebUrl).max(100).default([]),
  sitemap: WebUrl.optional().describe("reads the pages that it lists"),
}).refine(({ urls, sitemap }) => urls.length > 0 || sitemap !== undefined, "urls or a sitemap");
export type ReadPages = z.infer<typeof ReadPages>;

/** Answer to `POST /messages/api/knowledge/pages`. */
export const PagesRead = z.object({
  read: z.int().min(0).describe("pages read"),
  articles: z.int().min(0).describe("articles added or changed"),
  refused: z.array(z.object({ url: z.string(), why: z.string() })).describe("the first 100"),
  left: z.int().min(0).describe("pages that time did not suffice for: call it again"),
});
export type PagesRead = z.infer<typeof PagesRead>;

/** What undo would take back. */
export const LastChange = z.object({
  act: z.enum(["added", "changed", "deleted", "imported", "starters", "pages", "undone"]),
  kind: z.enum(["answer", "article", "knowledge"]),
  title: z.string().optional().describe("of the answer or article, where it is one"),
  count: z.int().min(1),
  at: Time,
  by: z.string().optional().describe("id of the member"),
});
export type LastChange = z.infer<typeof LastChange>;

/** Answer to `GET /messages/api/knowledge/last`, and to an undo: what may be undone now. */
export const LastChangeSeen = z.object({ last: LastChange.nullable() });
export type LastChangeSeen = z.infer<typeof LastChangeSeen>;

export const StarterLocale = z.object({ locale: LanguageTag });

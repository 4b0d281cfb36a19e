import type {
  AnswerPage,
  AnswerRow,
  ArticlePage,
  ArticleRow,
  KnowledgeQuery,
} from "../../protocol/knowledge.ts";
import { maxPageBytes } from "../../protocol/limits.ts";
import { jsonBytes } from "../../db/byte_budget.ts";
import { type Answer, answers } from "../../db/collections/knowledge/answers.ts";
import { type Article, articles } from "../../db/collections/knowledge/articles.ts";
import { knowledgeHead } from "../../db/collections/knowledge/heads.ts";
import { titlePart } from "../../db/collections/knowledge/title_part.ts";
import type { RecordKey } from "../../db/records.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput } from "../errors.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { answerSeen } from "./answers.ts";
import { articleSeen } from "./articles.ts";
import { phrasesOf } from "./item_records.ts";

/** A page of answers, by title. @throws {Forbidden | NotAllowed} @throws {InvalidInput} for a wrong cursor */
export async function answerPage(chat: Chat, who: Who, query: KnowledgeQuery): Promise<AnswerPage> {
  const workspace = demand(who, "read"), { answers: total } = await knowledgeHead(chat.store, workspace);
  const found = await keysOf(chat, answers.indexName("byTitle"), { workspace, query });
  const values = await answers.getMany(chat.store, found.map(({ value }) => value));
  const { rows, cursor } = pageOf(found, { values, limit: query.limit, rowOf: answerRow });
  return { answers: rows, total, ...(cursor && { cursor }) };
}

/** A page of articles, by title. @throws {Forbidden | NotAllowed} @throws {InvalidInput} for a wrong cursor */
export async function articlePage(chat: Chat, who: Who, query: KnowledgeQuery): Promise<ArticlePage> {
  const workspace = demand(who, "read"), { articles: total } = await knowledgeHead(chat.store, workspace);
  const found = await keysOf(chat, articles.indexName("byTitle"), { workspace, query });
  const values = await articles.getMany(chat.store, found.map(({ value }) => value));
  const { rows, cursor } = pageOf(found, { values, limit: query.limit, rowOf: articleRow });
  return { articles: rows, total, ...(cursor && { cursor }) };
}

/** An entry of an index, which leads to a value. */
interface Entry {
  key: RecordKey;
  value: RecordKey;
}

/** Entries read at once when a title is looked for. */
const atOnce = 500;

/** The entries of a page and, if there are more, one beyond it. */
async function keysOf(
  { store }: Chat,
  index: string,
  { workspace, query: { q, cursor, limit } }: { workspace: string; query: KnowledgeQuery },
): Promise<Entry[]> {
  const part = q && titlePart(q), found: Entry[] = [];
  let after = cursor === undefined ? undefined : [workspace, ...partsOf(cursor)];
  while (found.length <= limit) {
    const page = { after, limit: part ? atOnce : limit + 1 };
    const some = await store.records.list(index, [workspace], page) as Entry[];
    found.push(...some.filter(({ key }) => !part || key[1]!.includes(part)));
    if (some.length < page.limit) break;
    after = [...some.at(-1)!.key];
  }
  return found.slice(0, limit + 1);
}

function partsOf(cursor: string): RecordKey {
  try {
    const parts = JSON.parse(cursor);
    const isKey = Array.isArray(parts) && parts.length === 3 &&
      parts.every((part) => typeof part === "string" && part.isWellFormed() && !part.includes("\0"));
    if (isKey) return parts;
  } catch { /* said below */ }
  throw new InvalidInput({ cursor: "no cursor of an earlier page" });
}

/** As many rows as fit the page's limit and an answer, and the cursor if there are more. */
function pageOf<T, R>(
  found: readonly Entry[],
  { values, limit, rowOf }: { values: readonly (T | undefined)[]; limit: number; rowOf(value: T): R },
): { rows: R[]; cursor?: string } {
  const rows: R[] = [];
  let n = 0;
  for (let bytes = 0; n < Math.min(found.length, limit); n++) {
    // A value deleted since its entry was read is skipped.
    if (values[n] === undefined) continue;
    const row = rowOf(values[n]!);
    if ((bytes += jsonBytes(row) + 1) > maxPageBytes) break;
    rows.push(row);
  }
  return { rows, ...(n < found.length && n > 0 && { cursor: JSON.stringify(found[n - 1]!.key.slice(1)) }) };
}

/** As a list shows it. */
export function answerRow(one: Answer): AnswerRow {
  const { phrases: _, body, locales, buttons: __, ...row } = answerSeen(one);
  return { ...row, excerpt: excerptOf(body), phrases: phrasesOf(one), locales: Object.keys(locales) };
}

function articleRow(one: Article): ArticleRow {
  const { body, ...row } = articleSeen(one);
  return { ...row, excerpt: excerptOf(body), passages: one.passages };
}

/** Characters of a body in a list. */
const excerptLength = 160;

const excerptOf = (body: string) => body.slice(0, excerptLength).toWellFormed();

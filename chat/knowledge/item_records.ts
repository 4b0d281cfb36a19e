import * as limits from "../../protocol/limits.ts";
import { jsonBytes } from "../../db/byte_budget.ts";
import { type Answer, answers } from "../../db/collections/knowledge/answers.ts";
import { type Article, articles } from "../../db/collections/knowledge/articles.ts";
import { type FormerItem, formerItems } from "../../db/collections/knowledge/changes.ts";
import type { KnowledgeSizes } from "../../db/collections/knowledge/heads.ts";
import { type Passage, passages } from "../../db/collections/knowledge/passages.ts";
import type { Commit, RecordName } from "../../db/records.ts";
import { QuotaReached } from "../errors.ts";
import { cutPassages } from "./cut_passages.ts";

/** What becomes of an answer or an article: without `before` it is added, without `after` deleted. */
export type ItemChange =
  | { kind: "answer"; before?: Answer; after?: Answer }
  | { kind: "article"; before?: Article; after?: Article };

/** The records of changes, with what undo needs. `change`: number of the whole change. */
export function commitOf(
  items: readonly ItemChange[],
  change: number,
): Required<Pick<Commit, "put" | "delete">> {
  const put = items.flatMap((item) => [...recordsOf(item, "after"), formerRecord(item, change)]);
  const kept = new Set(put.map(nameText));
  const gone = items.flatMap((item) => recordsOf(item, "before")).filter((one) => !kept.has(nameText(one)));
  return { put, delete: gone.map(({ collection, key }) => ({ collection, key })) };
}

const nameText = ({ collection, key }: RecordName) => JSON.stringify([collection, key]);

function recordsOf(item: ItemChange, when: "before" | "after"): (RecordName & { value: unknown })[] {
  if (item.kind === "answer") return item[when] ? answers.recordsOf(item[when]) : [];
  const article = item[when];
  if (!article) return [];
  const parts = passagesOf(article).map((value) => ({ ...passages.nameOf(value), value }));
  return [...articles.recordsOf(article), ...parts];
}

function formerRecord({ kind, before, after }: ItemChange, change: number) {
  const { workspace, id } = (after ?? before)!;
  const former = {
    ...{ workspace, change, kind, id },
    ...(before && { before }),
    ...(after && { version: after.version }),
  } as FormerItem;
  return { ...formerItems.nameOf(former), value: former };
}

/** What is stored of an article's text for retrieval: nothing while it is off. */
function passagesOf({ workspace, id, title, url, body, enabled }: Article): Passage[] {
  if (!enabled) return [];
  return cutPassages(body).map((text, i) => ({
    ...{ workspace, article: id, title, n: i + 1, text },
    ...(url !== undefined && { url }),
  }));
}

/** Sizes after these changes. @throws {QuotaReached} if one of them grows beyond its limit */
export function sizesAfter(head: KnowledgeSizes, items: readonly ItemChange[]): KnowledgeSizes {
  const sizes = { ...sizesOf(head) };
  for (const item of items) {
    add(sizes, item, "before", -1);
    add(sizes, item, "after", 1);
  }
  for (const name of Object.keys(most) as (keyof KnowledgeSizes)[]) {
    if (sizes[name] > most[name] && sizes[name] > head[name]) {
      throw new QuotaReached(`${name} of the chatbot`, most[name]);
    }
  }
  return sizes;
}

const most: KnowledgeSizes = {
  answers: limits.maxAnswers,
  articles: limits.maxArticles,
  passages: limits.maxPassages,
  phrases: limits.maxAllPhrases,
  bytes: limits.maxKnowledgeBytes,
};

const sizesOf = ({ answers, articles, passages, phrases, bytes }: KnowledgeSizes): KnowledgeSizes => ({
  ...{ answers, articles, passages, phrases, bytes },
});

function add(sizes: KnowledgeSizes, item: ItemChange, when: "before" | "after", sign: 1 | -1): void {
  const value = item[when];
  if (!value) return;
  sizes.bytes += sign * jsonBytes(value);
  if (item.kind === "answer") {
    sizes.answers += sign;
    sizes.phrases += sign * phrasesOf(item[when]!);
  } else {
    sizes.articles += sign;
    sizes.passages += sign * item[when]!.passages;
  }
}

/** Phrases of an answer in all languages. */
export function phrasesOf({ phrases, locales }: Pick<Answer, "phrases" | "locales">): number {
  return Object.values(locales).reduce((sum, variant) => sum + variant.phrases.length, phrases.length);
}

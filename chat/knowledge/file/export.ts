import { answers } from "../../../db/collections/knowledge/answers.ts";
import { articles } from "../../../db/collections/knowledge/articles.ts";
import type { Chat } from "../../chat.ts";
import { RateLimited } from "../../errors.ts";
import { costOf } from "../../limits/meter.ts";
import { demand } from "../../permissions.ts";
import type { Who } from "../../who.ts";
import { answerSeen } from "../answers.ts";
import { articleSeen } from "../articles.ts";
import { csvHeading, csvOfAnswer, csvOfArticle } from "./csv_file.ts";

/** A download in progress. It ends once its lines are read, or the iterator is returned from. */
export interface KnowledgeDownload {
  lines: AsyncGenerator<string>;
  end(): void;
}

/** The workspaces with a download under way, by service. */
const underWay = new WeakMap<Chat, Set<string>>();
const retryMs = 5_000;

/**
 * All answers and articles as a file that can be imported again; one download per workspace at a time.
 * @throws {Forbidden | NotAllowed | RateLimited}
 */
export function exportKnowledge(chat: Chat, who: Who, kind: "csv" | "json"): KnowledgeDownload {
  const workspace = demand(who, "content");
  const all = underWay.get(chat) ?? new Set<string>();
  underWay.set(chat, all);
  if (all.has(workspace)) throw new RateLimited(retryMs, "A download of this workspace is under way");
  all.add(workspace);
  const lines = kind === "csv" ? csvLines(chat, workspace) : jsonLines(chat, workspace);
  return { lines: paid(chat, workspace, lines), end: () => void all.delete(workspace) };
}

async function* csvLines({ store }: Chat, workspace: string): AsyncGenerator<string> {
  // With a byte order mark: spreadsheets would otherwise not read it as UTF-8.
  yield `\ufeff${csvHeading}`;
  for await (const one of answers.all(store, workspace)) yield csvOfAnswer(one);
  for await (const one of articles.all(store, workspace)) yield csvOfArticle(one);
}

async function* jsonLines({ store }: Chat, workspace: string): AsyncGenerator<string> {
  let separator = '{"answers":[\n';
  for await (const one of answers.all(store, workspace)) {
    yield `${separator}${JSON.stringify(answerSeen(one))}`;
    separator = ",\n";
  }
  separator = separator === ",\n" ? '\n],"articles":[\n' : '{"answers":[],"articles":[\n';
  const opening = separator;
  for await (const one of articles.all(store, workspace)) {
    yield `${separator}${JSON.stringify(articleSeen(one))}`;
    separator = ",\n";
  }
  yield separator === opening ? `${opening}]}\n` : "\n]}\n";
}

/** Texts of a part of a download. Characters. */
const together = 64 * 1024;

async function* paid(chat: Chat, workspace: string, lines: AsyncGenerator<string>): AsyncGenerator<string> {
  const payer = chat.meter?.account(workspace);
  let part = "";
  for await (const line of lines) {
    if ((part += line).length < together) continue;
    payer?.charge(costOf(part.length));
    yield part;
    part = "";
    await payer?.turn();
  }
  if (part) yield part;
}

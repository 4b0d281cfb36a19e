import { answers } from "../../../db/collections/knowledge/answers.ts";
import { articles } from "../../../db/collections/knowledge/articles.ts";
import type { Chat } from "../../chat.ts";
import { beginDownload, type Download } from "../../limits/download.ts";
import { demand } from "../../permissions.ts";
import type { Who } from "../../who.ts";
import { answerSeen } from "../answers.ts";
import { articleSeen } from "../articles.ts";
import { csvHeading, csvOfAnswer, csvOfArticle } from "./csv_file.ts";

/**
 * All answers and articles as a file that can be imported again; one download per workspace at a time.
 * @throws {Forbidden | NotAllowed | RateLimited}
 */
export function exportKnowledge(chat: Chat, who: Who, kind: "csv" | "json"): Download {
  const workspace = demand(who, "content");
  const lines = kind === "csv" ? csvLines(chat, workspace) : jsonLines(chat, workspace);
  return beginDownload(chat, { workspace, kind: "knowledge" }, joined(lines));
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

async function* joined(lines: AsyncGenerator<string>): AsyncGenerator<string> {
  let part = "";
  for await (const line of lines) {
    if ((part += line).length < together) continue;
    yield part;
    part = "";
  }
  if (part) yield part;
}

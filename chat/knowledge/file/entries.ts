import type { z } from "zod";
import { DeskId } from "../../../protocol/desk.ts";
import { AnswerPatch, ArticlePatch } from "../../../protocol/knowledge.ts";
import { InvalidInput } from "../../errors.ts";

/** Kinds of file that answers and articles are read from. */
export const fileKinds = ["csv", "markdown", "json"] as const;
export type FileKind = typeof fileKinds[number];

/** What a file holds in one place, not checked yet; or why it cannot be read. */
export type Entry =
  | { line: number; kind: "answer" | "article"; value: unknown }
  | { line: number; why: string };

/** What a file says about an answer or an article; what it does not say stays as it is. */
const about = { id: DeskId.optional() };
const whole = { title: true, body: true } as const;
export const FileAnswer = AnswerPatch.omit({ version: true }).required(whole).extend(about);
export type FileAnswer = z.infer<typeof FileAnswer>;
export const FileArticle = ArticlePatch.omit({ version: true }).required(whole).extend(about);
export type FileArticle = z.infer<typeof FileArticle>;

/** The file cannot be read at all. */
export const unreadable = (why: string): InvalidInput => new InvalidInput({ file: why });

/** A value that a cell or a field of a file may have in place of `true` or `false`. */
export function switchOf(text: string): boolean | string {
  const word = text.trim().toLowerCase();
  if (["", "yes", "true", "on", "1"].includes(word)) return true;
  return ["no", "false", "off", "0"].includes(word) ? false : text;
}

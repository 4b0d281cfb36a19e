import type { z } from "zod";
import { type Answer, answers } from "../../../db/collections/knowledge/answers.ts";
import { type Article, articles } from "../../../db/collections/knowledge/articles.ts";
import { titlePart } from "../../../db/collections/knowledge/title_part.ts";
import type { Chat } from "../../chat.ts";
import { InvalidInput } from "../../errors.ts";
import { fieldsOf } from "../../invalid_input.ts";
import { applied, checkWhole, newAnswer } from "../answers.ts";
import { articleAfter, newArticle } from "../articles.ts";
import type { Editor } from "../change.ts";
import type { ItemChange } from "../item_records.ts";
import { type Entry, FileAnswer, FileArticle } from "./entries.ts";

type GivenEntry = Extract<Entry, { value: unknown }>;
type Outcome = ItemChange | "same" | { why: string };

/** Finds for each entry of a file what it is about: by its id, else by its title or address. */
export class Merging {
  readonly #chat: Chat;
  readonly #editor: Editor;
  readonly #answers = new Map<string, Answer>();
  readonly #answerOf = new Map<string, string>();
  readonly #articles = new Map<string, Article>();
  readonly #articleOf = new Map<string, string>();
  /** Ids that the file has been about. */
  readonly #done = new Set<string>();

  constructor(chat: Chat, editor: Editor) {
    this.#chat = chat;
    this.#editor = editor;
  }

  /** With all answers and articles of the workspace. */
  static async begin(chat: Chat, editor: Editor): Promise<Merging> {
    const merging = new Merging(chat, editor);
    for await (const one of answers.all(chat.store, editor.workspace)) merging.#keepAnswer(one);
    for await (const one of articles.all(chat.store, editor.workspace)) merging.#keepArticle(one);
    return merging;
  }

  outcomeOf(entry: GivenEntry): Outcome {
    try {
      return entry.kind === "answer" ? this.#answer(entry.value) : this.#article(entry.value);
    } catch (error) {
      if (error instanceof InvalidInput) return { why: error.message };
      throw error;
    }
  }

  #answer(value: unknown): Outcome {
    const { id = "", ...draft } = parsed(FileAnswer, value);
    const sameTitle = this.#answerOf.get(titlePart(draft.title));
    const before = this.#answers.get(id) ?? this.#answers.get(sameTitle ?? "");
    const start = before ?? { ...newAnswer(this.#editor.workspace), ...(id && { id }), source: "import" };
    this.#once(start.id);
    const buttons = draft.buttons?.map((button, i) => ({
      ...button,
      id: button.id ?? idLike(before, button, i),
    }));
    const after = applied(start, { ...draft, buttons }, this.#now);
    if (before && isSameAnswer(before, after)) return "same";
    if (sameTitle !== undefined && sameTitle !== after.id) {
      throw new InvalidInput({ title: "another answer has this title" });
    }
    checkWhole(after);
    this.#keepAnswer(after);
    return { kind: "answer", before, after };
  }

  #article(value: unknown): Outcome {
    const { id = "", ...draft } = parsed(FileArticle, value);
    const same = this.#articleOf.get(placeOf(draft)) ?? "";
    // Two of one place, each with its id, are two.
    const isOther = id !== "" && this.#done.has(same);
    const before = this.#articles.get(id) ?? (isOther ? undefined : this.#articles.get(same));
    const start = before ?? { ...newArticle(this.#editor.workspace), ...(id && { id }), source: "import" };
    this.#once(start.id);
    const after = articleAfter(start, draft, this.#now);
    if (before && isSameArticle(before, after)) return "same";
    this.#keepArticle(after);
    return { kind: "article", before, after };
  }

  get #now() {
    return { editor: this.#editor, at: this.#chat.now() };
  }

  #once(id: string): void {
    if (this.#done.has(id)) throw new InvalidInput({ "": "an earlier line is about the same" });
    this.#done.add(id);
  }

  #keepAnswer(one: Answer): void {
    const before = this.#answers.get(one.id);
    if (before) this.#answerOf.delete(titlePart(before.title));
    this.#answers.set(one.id, one);
    this.#answerOf.set(titlePart(one.title), one.id);
  }

  #keepArticle(one: Article): void {
    this.#articles.set(one.id, one);
    this.#articleOf.set(placeOf(one), one.id);
  }
}

/** What tells an article without an id: its address, else its title. */
const placeOf = ({ url, title }: { url?: string; title: string }) => url || titlePart(title);

/** @throws {InvalidInput} */
function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new InvalidInput(fieldsOf(read.error));
}

/** The id of the button that stands there already. */
function idLike(
  before: Answer | undefined,
  button: { label: string; do: unknown },
  i: number,
): string | undefined {
  const there = before?.buttons[i];
  const isSame = there && there.label === button.label &&
    JSON.stringify(there.do) === JSON.stringify(button.do);
  return isSame ? there.id : undefined;
}

const textOf = ({ title, phrases, body, enabled, locales, buttons }: Answer) =>
  JSON.stringify([
    ...[title, phrases, body, enabled],
    Object.entries(locales).sort(([a], [b]) => a < b ? -1 : 1).map(([tag, { title, phrases, body }]) => [
      ...[tag, title, phrases, body],
    ]),
    buttons.map(({ id, label, do: act }) => [id, label, act]),
  ]);

const isSameAnswer = (a: Answer, b: Answer) => textOf(a) === textOf(b);

const isSameArticle = (a: Article, b: Article) =>
  a.title === b.title && a.body === b.body && a.enabled === b.enabled && a.url === b.url;

import type { AnswerPatch, AnswerSeen, NewAnswer, NewPhrase } from "../../protocol/knowledge.ts";
import { maxKnowledgeItemBytes, maxPhraseBytes, maxPhrases } from "../../protocol/limits.ts";
import { jsonBytes } from "../../db/byte_budget.ts";
import { type Answer, answers } from "../../db/collections/knowledge/answers.ts";
import { titlePart } from "../../db/collections/knowledge/title_part.ts";
import type { RecordStore } from "../../db/collection.ts";
import { newRoomId } from "../../db/room_key.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, KnowledgeChanged, NoSuch } from "../errors.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { commitChange, type Editor, editorOf } from "./change.ts";

/** @throws {Forbidden | NotAllowed | NoSuch} */
export async function readAnswer(chat: Chat, who: Who, id: string): Promise<AnswerSeen> {
  const one = await answers.get(chat.store, [demand(who, "read"), id]);
  if (!one) throw new NoSuch("answer");
  return answerSeen(one);
}

/** @throws {Forbidden | NotAllowed | InvalidInput | QuotaReached} */
export async function addAnswer(chat: Chat, who: Who, { source, ...draft }: NewAnswer): Promise<AnswerSeen> {
  const editor = editorOf(who), { workspace } = editor;
  const one = applied({ ...newAnswer(workspace), source }, draft, { editor, at: chat.now() });
  checkWhole(one);
  const act = { act: "added", kind: "answer", title: one.title } as const;
  await commitChange(chat, { editor, act }, async () => {
    await checkTitle(chat.store, one);
    return { answer: undefined, items: [{ kind: "answer", after: one }] };
  });
  await audit(chat, who, { act: "answer_added", target: one.id });
  return answerSeen(one);
}

/** @throws {Forbidden | NotAllowed | NoSuch | InvalidInput | QuotaReached} @throws {KnowledgeChanged} for a stale version */
export async function changeAnswer(
  chat: Chat,
  who: Who,
  { id, version, ...patch }: AnswerPatch & { id: string },
): Promise<AnswerSeen> {
  const editor = editorOf(who);
  return await changeOne(chat, { who, editor, id }, (before) => {
    checkVersion(before, version);
    return applied(before, patch, { editor, at: chat.now() });
  });
}

/** Adds a phrase to an answer, unless it has it. @throws {Forbidden | NotAllowed | NoSuch | InvalidInput | QuotaReached} */
export async function addPhrase(
  chat: Chat,
  who: Who,
  { id, phrase, locale }: NewPhrase & { id: string },
): Promise<AnswerSeen> {
  const editor = editorOf(who);
  return await changeOne(chat, { who, editor, id }, (before) => {
    const variant = locale === undefined ? before : before.locales[locale];
    if (!variant) throw new InvalidInput({ locale: "the answer has no text in this language" });
    if (variant.phrases.includes(phrase)) return before;
    if (variant.phrases.length >= maxPhrases) {
      throw new InvalidInput({ phrase: `an answer has at most ${maxPhrases} phrases` });
    }
    const phrases = [...variant.phrases, phrase];
    const patch = locale === undefined
      ? { phrases }
      : { locales: { ...before.locales, [locale]: { ...before.locales[locale]!, phrases } } };
    return applied(before, patch, { editor, at: chat.now() });
  });
}

/** @throws {Forbidden | NotAllowed | NoSuch} @throws {KnowledgeChanged} for a stale version */
export async function dropAnswer(chat: Chat, who: Who, id: string, version?: number): Promise<void> {
  const editor = editorOf(who);
  const before = await existing(chat.store, editor, id);
  await commitChange(chat, {
    editor,
    act: { act: "deleted", kind: "answer", title: before.title },
  }, async () => {
    const now = await existing(chat.store, editor, id);
    if (version !== undefined) checkVersion(now, version);
    return { answer: undefined, items: [{ kind: "answer", before: now }] };
  });
  await audit(chat, who, { act: "answer_deleted", target: id });
}

async function changeOne(
  chat: Chat,
  { who, editor, id }: { who: Who; editor: Editor; id: string },
  next: (before: Answer) => Answer,
): Promise<AnswerSeen> {
  const { title } = next(await existing(chat.store, editor, id));
  const act = { act: "changed", kind: "answer", title } as const;
  const { answer: after, n } = await commitChange(chat, { editor, act }, async () => {
    const before = await existing(chat.store, editor, id), after = next(before);
    if (after === before) return { answer: after, items: [] };
    checkWhole(after);
    if (titlePart(after.title) !== titlePart(before.title)) await checkTitle(chat.store, after);
    return { answer: after, items: [{ kind: "answer", before, after }] };
  });
  if (n !== undefined) await audit(chat, who, { act: "answer_changed", target: id });
  return answerSeen(after);
}

async function existing(store: RecordStore, { workspace }: Editor, id: string): Promise<Answer> {
  const one = await answers.get(store, [workspace, id]);
  if (!one) throw new NoSuch("answer");
  return one;
}

function checkVersion(now: Answer, version: number): void {
  if (now.version !== version) throw new KnowledgeChanged({ answer: answerSeen(now) });
}

export const newAnswer = (workspace: string): Answer => ({
  ...{ workspace, id: newRoomId(), title: "", phrases: [], body: "", locales: {}, buttons: [] },
  ...{ enabled: true, source: "manual", updated: 0, version: 0 },
});

/** An answer with a patch applied, in its next version. */
export function applied(
  before: Answer,
  patch: Partial<Omit<NewAnswer, "source">>,
  { editor, at }: { editor: Editor; at: number },
): Answer {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after: Answer = { ...before, ...given, updated: at, by: editor.id, version: before.version + 1 };
  return { ...after, buttons: after.buttons.map((button) => ({ ...button, id: button.id ?? newRoomId() })) };
}

/** The limits of an answer beyond those of its fields. @throws {InvalidInput} */
export function checkWhole(one: Answer): void {
  const all = [one.phrases, ...Object.values(one.locales).map(({ phrases }) => phrases)].flat();
  if (jsonBytes(all) > maxPhraseBytes) {
    throw new InvalidInput({ phrases: `at most ${maxPhraseBytes / 1024} KiB, in all languages together` });
  }
  if (jsonBytes(one) > maxKnowledgeItemBytes) {
    throw new InvalidInput({
      "": `an answer takes at most ${maxKnowledgeItemBytes / 1024} KiB, in all languages together`,
    });
  }
}

/** @throws {InvalidInput} if another answer has this title */
async function checkTitle(store: RecordStore, { workspace, id, title }: Answer): Promise<void> {
  const same = await answers.listBy(store, "byTitle", [workspace, titlePart(title)], { limit: 2 });
  if (same.some((other) => other.id !== id)) {
    throw new InvalidInput({ title: "another answer has this title" });
  }
}

/** As the wire shows it. */
export function answerSeen({ workspace: _, updated, ...one }: Answer): AnswerSeen {
  return { ...one, updated: new Date(updated).toISOString() };
}

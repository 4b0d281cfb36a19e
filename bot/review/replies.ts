import type { BotQuestion } from "../../db/collections/bot_questions.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import type { Message } from "../../protocol/records.ts";
import { allAnswers } from "../../chat/knowledge/knowledge.ts";
import { Nearest, vectorsOf } from "./nearness.ts";

/** A shorter text of the team is hardly an answer. UTF-16 code units. */
const leastLength = 40;
/** Messages after a question among which the answer to it is looked for. */
const mostRead = 50, mostBytes = 64 * 1024;
/** Cosine from which a text says what an answer says. */
const nearFrom = 0.85;

const isOfPerson = ({ side, kind, by, deleted }: Message) =>
  side === "admin" && kind === "text" && by !== "bot" && !deleted;

/** The first longer text that a person wrote after a question whose conversation was resolved since. */
export async function replyTo(
  store: Store,
  { workspace: admin, consumer, seq }: Pick<BotQuestion, "workspace" | "consumer" | "seq">,
): Promise<Message | undefined> {
  const key: RoomKey = { admin, consumer };
  const page = await store.messagesAfter(key, seq, mostRead, mostBytes);
  const reply = page.find((one) => isOfPerson(one) && one.content.trim().length >= leastLength);
  const isResolved = reply &&
    page.some(({ seq, kind, content }) => seq > reply.seq && kind === "status" && content === "resolved");
  if (isResolved) return reply;
  return reply && (await store.room(key))?.status === "resolved" ? reply : undefined;
}

/** For each of these texts: the answer that says nearly the same, or undefined. */
export async function nearAnswers(
  store: Store,
  workspace: string,
  texts: readonly string[],
): Promise<({ id: string; title: string } | undefined)[]> {
  const answers = (await allAnswers(store, workspace)).filter(({ enabled }) => enabled);
  if (answers.length === 0 || texts.length === 0) return texts.map(() => undefined);
  const vectors = await vectorsOf([...answers.map(({ body }) => body), ...texts]), nearest = new Nearest();
  for (const vector of vectors.slice(0, answers.length)) nearest.add(vector);
  return vectors.slice(answers.length).map((vector) => {
    const { index, cosine } = nearest.find(vector);
    if (cosine < nearFrom) return undefined;
    const { id, title } = answers[index]!;
    return { id, title };
  });
}

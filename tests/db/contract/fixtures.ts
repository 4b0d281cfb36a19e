import type { MessageDraft, RoomKey, Store } from "../../../db/store.ts";

/** Asha and Bruno are admins, Vera and Victor visitors, Mallory is an outsider. */
export const veraAtAsha: RoomKey = { admin: "asha", consumer: "vera" };
export const victorAtAsha: RoomKey = { admin: "asha", consumer: "victor" };
export const veraAtBruno: RoomKey = { admin: "bruno", consumer: "vera" };
export const malloryAtAsha: RoomKey = { admin: "asha", consumer: "mallory" };

/** A morning in November 2026, in milliseconds since 1970. */
export const morning = Date.UTC(2026, 10, 23, 9);

/** A visitor's text by default. */
export function draft(key: RoomKey, content: string, rest: Partial<MessageDraft> = {}): MessageDraft {
  return { ...key, side: "visitor", kind: "text", content, at: morning, ...rest };
}

/** Sends texts one after another. */
export async function send(store: Store, key: RoomKey, ...contents: string[]): Promise<void> {
  for (const content of contents) await store.appendMessage(draft(key, content));
}

/** Sends `count` texts "1", "2", … concurrently. */
export async function sendMany(store: Store, key: RoomKey, count: number): Promise<void> {
  await Promise.all(numbers(count).map((n) => store.appendMessage(draft(key, String(n)))));
}

/** 1, 2, … count. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

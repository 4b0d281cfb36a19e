import { moveTurn } from "../../db/collections/bot_turns.ts";
import { episodes } from "../../db/collections/episodes.ts";
import { slaClocks } from "../../db/collections/sla_clocks.ts";
import { Blocked } from "../../db/errors.ts";
import type { Merged } from "../../db/merging.ts";
import type { Account, RoomKey } from "../../db/store.ts";
import { moveQuestions } from "../bot/questions.ts";
import type { Chat } from "../chat.ts";
import { isOwner } from "../accounts/existing_account.ts";
import { isVerified } from "./visitor_policy.ts";

/**
 * Moves the conversation that a signed-in visitor began anonymously, as its earlier token proves, into its own. Returns
 * the earlier consumer id if they are merged, also from an earlier call. A token of another workspace, of a signed-in
 * visitor, or that is no longer good moves nothing; nor does a block.
 * @throws {Unavailable} the same call may be repeated
 */
export async function mergeEarlier(
  chat: Chat,
  account: Account,
  { consumer, token }: { consumer: string; token: string },
): Promise<string | undefined> {
  const claims = await chat.tokens.verify(token);
  const isOwn = claims?.kind === "visitor" && claims.admin === account.username && isOwner(account, claims);
  if (!isOwn || claims.identified || claims.consumer === consumer) return undefined;
  const from = { admin: account.username, consumer: claims.consumer };
  if (await isVerified(chat, from)) return undefined;
  const merged = await mergeRooms(chat, from, consumer).catch((error) => {
    if (!(error instanceof Blocked)) throw error;
  });
  return merged ? from.consumer : undefined;
}

/** Merges two rooms and tells the sockets of both. @throws {Blocked | Unavailable} */
export async function mergeRooms(chat: Chat, from: RoomKey, into: string): Promise<Merged | undefined> {
  const merged = await chat.store.mergeRooms(from, into, chat.now());
  if (!merged) return undefined;
  // The messages are counted again where they are now, and go with the visitor that they belong to now.
  for (const collection of [episodes, slaClocks]) {
    await collection.eraseUnder(chat.store, [from.admin, from.consumer]);
  }
  const to = { consumer: merged.room.consumer, base: merged.base, head: merged.room.head };
  await moveQuestions(chat.store, from, to);
  await chat.onRoomMoved?.(from, to);
  if (merged.base !== undefined) await moveTurn(chat.store, from, { ...to, base: merged.base });
  // Also of a repeated call: the first one may have told nobody.
  chat.audience.tell({ type: "visitor_forgotten", key: from, isMoved: true });
  chat.audience.tell({ type: "room_moved", room: merged.room });
  return merged;
}

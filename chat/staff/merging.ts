import { Blocked } from "../../db/errors.ts";
import type { RoomRecord } from "../../db/store.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, InvalidInput, UnknownRoom } from "../errors.ts";
import { demand } from "../permissions.ts";
import { mergeRooms } from "../visitors/merging.ts";
import { isVerified } from "../visitors/visitor_policy.ts";
import { roomOf, type Who } from "../who.ts";
import { addEntry, entryBy } from "./staff_log.ts";

/**
 * A member merges the conversation of a visitor into another one's. The former's facts complete the latter's.
 * @throws {Forbidden | NotAllowed | UnknownRoom | InvalidInput | Unavailable}
 */
export async function mergeByHand(chat: Chat, who: Who, consumer: string, from: string): Promise<RoomRecord> {
  demand(who, "content");
  const [key, former] = [roomOf(who, consumer), roomOf(who, from)];
  if (consumer === from) throw new InvalidInput({ from: "is the same conversation" });
  if (!await chat.store.room(key)) throw new UnknownRoom(consumer);
  // Whoever is signed in would otherwise read, or be read by, somebody who has not shown an identity.
  if (await isVerified(chat, former)) {
    throw new InvalidInput({ from: "is of a signed-in visitor: merge the other into it" });
  }
  const merged = await mergeRooms(chat, former, consumer).catch((error) => {
    throw error instanceof Blocked
      ? new Forbidden("A blocked visitor's conversation cannot be merged")
      : error;
  });
  if (!merged) throw new UnknownRoom(from);
  if (merged.isFresh) {
    await addEntry(chat, key, { ...entryBy(who), kind: "merged", detail: { from } });
    await audit(chat, who, { act: "visitors_merged", target: consumer, detail: { from } });
  }
  return merged.room;
}

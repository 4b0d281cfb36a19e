import type { Message, Reply } from "../../protocol/records.ts";
import type { Store } from "../../db/store.ts";
import type { RoomKey } from "../../db/room.ts";
import { InvalidInput } from "../errors.ts";

/** Messages after the one with the button among which an earlier press is looked for. */
const mostLater = 200;

/**
 * Verifies that the bot has offered this button in this room, and that none of its message was pressed. A repeat under the
 * same `client_id` passes: the store knows it. @throws {InvalidInput}
 */
export async function checkPress(
  store: Pick<Store, "messagesAfter">,
  key: RoomKey,
  { seq, button }: Reply,
  client_id: string | undefined,
): Promise<void> {
  const [offer, ...later] = await store.messagesAfter(key, seq - 1, mostLater + 1);
  if (offer?.seq !== seq || offer.by !== "bot" || offer.kind !== "text") {
    throw new InvalidInput({ "reply.seq": "is no message of the bot" });
  }
  if (!buttonsOf(offer).includes(button)) throw new InvalidInput({ "reply.button": "was not offered" });
  const before = later.find(({ reply, side }) => side === "visitor" && reply?.seq === seq);
  if (later.length === mostLater) throw new InvalidInput({ "reply.seq": "is too old" });
  if (before && (client_id === undefined || before.client_id !== client_id)) {
    throw new InvalidInput({ "reply.button": "was pressed already" });
  }
}

/** Ids of the buttons under a message of the bot that can be pressed. A person can be asked for under any. */
function buttonsOf({ extra }: Message): string[] {
  const ids = ["person"];
  if (extra?.type !== "buttons" && extra?.type !== "answer") return ids;
  ids.push(...(extra.buttons ?? []).filter(({ url }) => url === undefined).map(({ id }) => id));
  if (extra.type === "answer" && extra.helpful) ids.push("yes", "no");
  return ids;
}

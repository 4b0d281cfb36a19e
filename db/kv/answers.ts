import { type Answer, isAnswer, maxUnseen } from "../append_condition.ts";
import type { RoomRecord } from "../room.ts";
import { answersAsked, type Attempt } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/**
 * The answers that conditions of a batch ask for; nothing where none asks. Messages never change, and a new one changes
 * the room's entry: whoever commits checks that.
 */
export async function findAnswers(
  engine: Engine,
  room: RoomRecord | undefined,
  batch: Attempt[],
): Promise<Answer[] | undefined> {
  const asked = answersAsked(batch);
  if (asked === undefined) return undefined;
  const after = Math.max(asked, (room?.head ?? 0) - maxUnseen);
  if (!room || after >= room.head) return [];
  const messages = await engine.list<StoredMessage>(
    { start: keys.message(room.id, after + 1), end: keys.message(room.id, room.head + 1) },
    { limit: maxUnseen },
  );
  return messages.map(({ value }) => value).filter(isAnswer).map(({ seq, details }) => ({
    seq,
    by: details?.by,
  }));
}

import { type Answer, isAnswer, maxUnseen } from "../append_condition.ts";
import type { RoomRecord } from "../room.ts";
import { answersAsked, type Attempt } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/**
 * Reads the answers that the conditions of a batch depend on; undefined if no draft has such a condition. The
 * caller's commit must check the room's entry: messages never change, and each new one changes that entry.
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

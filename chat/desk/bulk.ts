import type { Bulk, BulkAct, BulkResult } from "../../protocol/desk.ts";
import { Unavailable } from "../../db/errors.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { ChatError } from "../errors.ts";
import { FairQueue } from "../limits/fair_queue.ts";
import { costs } from "../limits/meter.ts";
import { demand } from "../permissions.ts";
import { setStatus } from "../rooms/rooms.ts";
import type { AdminWho } from "../who.ts";
import { assignRoom } from "./assignment.ts";
import { labelRoom } from "./label_room.ts";
import { snoozeRoom } from "./snooze.ts";

/** Rooms changed at once: they share the engine's commits, and other tenants' writes come between. */
const together = 10;

/** One workspace's call at a time, two altogether. */
const queue = new FairQueue({ atOnce: 2, mostWaiting: 4 });

/**
 * Does one act on many rooms. A room that cannot be changed has its error in the result; the others are changed.
 * @throws {NotAllowed | RateLimited}
 */
export async function actOnRooms(chat: Chat, who: AdminWho, { consumers, act }: Bulk): Promise<BulkResult> {
  const workspace = demand(who, act.assign ? "assign" : "write");
  const payer = chat.meter?.account(who.agent.username);
  const results: BulkResult["results"] = [];
  const asked = [...new Set(consumers)];
  return await queue.run(workspace, async () => {
    for (let from = 0; from < asked.length; from += together) {
      const some = asked.slice(from, from + together);
      payer?.charge(some.length * (costs.read + costs.write));
      results.push(...await Promise.all(some.map((consumer) => resultOf(chat, who, consumer, act))));
    }
    const detail = {
      act: Object.keys(act).find((name) => act[name as keyof BulkAct] !== undefined),
      rooms: asked.length,
    };
    await audit(chat, who, { act: "rooms_changed", detail });
    return { results };
  });
}

async function resultOf(chat: Chat, who: AdminWho, consumer: string, act: BulkAct) {
  try {
    await actOn(chat, who, consumer, act);
    return { consumer, ok: true };
  } catch (error) {
    if (error instanceof ChatError) return failed(consumer, error.code, error.message);
    if (error instanceof Unavailable) {
      return failed(consumer, "unavailable", "Not done. Try again in a moment");
    }
    throw error;
  }
}

const failed = (consumer: string, code: string, message: string) => ({
  ...{ consumer, ok: false },
  error: { code, message },
});

function actOn(chat: Chat, who: AdminWho, consumer: string, { assign, label, status, snooze }: BulkAct) {
  if (assign) return assignRoom(chat, who, consumer, assign);
  if (label) return labelRoom(chat, who, consumer, label);
  if (status) return setStatus(chat, who, consumer, status);
  return snoozeRoom(chat, who, consumer, snooze ?? null);
}

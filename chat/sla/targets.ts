import type { Sla } from "../../protocol/sla.ts";
import type { Episode } from "../../db/collections/episodes.ts";
import type { SlaClock } from "../../db/collections/sla_clocks.ts";
import type { RoomRecord } from "../../db/store.ts";
import { type BusinessTime, deadline } from "../time/business_time.ts";

/** Part of a target's time after which its members are warned. */
const warnAfter = 0.9;
const minuteMs = 60_000;

/** What a clock counts. */
export type Due = Pick<SlaClock, "target" | "from" | "due" | "warn">;

/** Whether a workspace has any target. */
export function hasTargets({ teams, ...all }: Sla): boolean {
  return [all, ...teams].some(({ first_reply, next_reply, resolve }) =>
    first_reply !== null || next_reply !== null || resolve !== null
  );
}

/**
 * The nearest target that a room has to meet. None while nobody waits for the team: it is snoozed, resolved, with the bot,
 * or the team had the last word.
 */
export function nearestTarget(
  room: RoomRecord,
  episode: Episode | undefined,
  sla: Sla,
  time: BusinessTime,
): Due | undefined {
  const { status, snoozedUntil, waitingSince, team } = room;
  if (status === "resolved" || status === "bot" || snoozedUntil !== undefined) return undefined;
  if (waitingSince === undefined || !episode || episode.resolved) return undefined;
  const { first_reply, next_reply, resolve } = sla.teams.find((one) => one.team === team) ?? sla;
  const isFirst = episode.texts.agents === 0;
  const counted = [
    {
      target: isFirst ? "first_reply" : "next_reply",
      from: waitingSince,
      minutes: isFirst ? first_reply : next_reply,
    },
    { target: "resolve", from: episode.handedOff?.at ?? episode.opened, minutes: resolve },
  ] as const;
  const found: Due[] = [];
  for (const { target, from, minutes } of counted) {
    if (minutes === null) continue;
    const due = deadline(time, from, minutes * minuteMs);
    const warn = deadline(time, from, minutes * minuteMs * warnAfter);
    if (due !== undefined && warn !== undefined) found.push({ target, from, due, warn });
  }
  return found.sort((a, b) => a.due - b.due)[0];
}

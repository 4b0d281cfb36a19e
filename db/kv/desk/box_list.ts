import {
  cursorAt,
  isDescending,
  type Place,
  type Stretch,
  stretchesOf,
  type StretchOrder,
  walkSoon,
} from "../../boxes.ts";
import type { Box, BoxAsked } from "../../desk_store.ts";
import type { Candidate } from "../../rooms_page.ts";
import type { RoomsQuery } from "../../store.ts";
import type { Engine } from "../engine.ts";
import { keys } from "../keys.ts";
import type { Listed } from "../room_entries.ts";
import { lists } from "./places.ts";

type Page = Pick<RoomsQuery, "cursor" | "limit" | "sort"> & { box: BoxAsked };

/** Rooms of a box in its order, after a cursor. */
export function boxCandidates(
  engine: Engine,
  admin: string,
  { box, cursor, limit, sort }: Page,
): Promise<Candidate[]> {
  return walkSoon<Candidate>(stretchesOf(box, sort), { cursor, limit }, async ({ stretch, after, limit }) => {
    const { order } = stretch;
    const rows = await merged(engine, sources(admin, stretch), { after, limit, order });
    return rows.map(({ number, key, value }) => ({ ...value, place: cursorAt(order, { number, key }) }));
  });
}

interface Row extends Place {
  value: Listed;
}

/** Merges lists that are each sorted; at most `limit` rows after a place. */
export async function merged(
  engine: Engine,
  prefixes: Deno.KvKey[],
  { after, limit, order }: { after?: Place; limit: number; order: StretchOrder },
): Promise<Row[]> {
  const reverse = isDescending(order), sign = reverse ? -1 : 1;
  const found = await Promise.all(prefixes.map((prefix) => {
    const edge = after && [...prefix, after.number, reverse ? after.key : after.key + "\0"];
    const selector = edge ? reverse ? { prefix, end: edge } : { prefix, start: edge } : { prefix };
    return engine.list<Listed>(selector, { limit, reverse });
  }));
  const rows = found.flat().map(({ key, value }): Row => {
    const [number, id] = key.slice(-2) as [number, string];
    return { number, key: id, value };
  });
  return rows.sort((a, b) => sign * (a.number - b.number || (a.key < b.key ? -1 : 1))).slice(0, limit);
}

const both = [false, true];

/** The lists that a stretch merges. */
function sources(admin: string, { order, box: { kind, id = "" }, waits }: Stretch): Deno.KvKey[] {
  if (order === "labelled") return [lists.label(admin, id)];
  if (order === "wakes") return [lists.snoozed(admin)];
  if (kind === "bot") return [keys.byActivity(admin, "bot")];
  if (order === "active") {
    return (waits === undefined ? both : [waits]).map((waits) => byActivity(admin, { kind, id, waits }));
  }
  if (kind === "mine") return [lists.agentWaiting(admin, id)];
  if (kind === "team") return both.map((assigned) => lists.teamWaiting(admin, id, assigned));
  const assigned = kind === "unassigned" ? [false] : both;
  return assigned.flatMap((assigned) => both.map((teamed) => lists.waiting(admin, assigned, teamed)));
}

function byActivity(admin: string, { kind, id, waits }: { kind: Box; id: string; waits: boolean }) {
  if (kind === "mine") return lists.agent(admin, id, waits);
  return kind === "team" ? lists.team(admin, id, waits) : lists.unassigned(admin, waits);
}

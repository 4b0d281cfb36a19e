import type { Box, BoxAsked, BoxSort } from "./desk_store.ts";
import type { Candidate } from "./rooms_page.ts";

/**
 * A part of a list, with its own order: by latest activity, by the start of waiting (longest or newest first), by
 * the end of the snooze, by the latest labelling.
 */
export type StretchOrder = "active" | "longest" | "latest" | "wakes" | "labelled";

/** Rooms with these properties in one order. The list of a box is one stretch after another. */
export interface Stretch {
  order: StretchOrder;
  box: BoxAsked;
  /** Only rooms whose visitor waits, or only others. */
  waits?: boolean;
}

const lists: Record<Box, (box: BoxAsked, sort: BoxSort) => Stretch[]> = {
  mine: bothSorts,
  unassigned: bothSorts,
  team: bothSorts,
  waiting: (box, sort) => [{ order: sort === "newest" ? "latest" : "longest", box, waits: true }],
  bot: (box) => [{ order: "active", box }],
  snoozed: (box) => [{ order: "wakes", box }],
  label: (box) => [{ order: "labelled", box }],
};

function bothSorts(box: BoxAsked, sort: BoxSort): Stretch[] {
  if (sort === "newest") return [{ order: "active", box }];
  return [{ order: "longest", box, waits: true }, { order: "active", box, waits: false }];
}

/** The stretches of a box's list. */
export const stretchesOf = (box: BoxAsked, sort: BoxSort = "newest"): Stretch[] => lists[box.kind](box, sort);

/** Whether a stretch begins with the largest number. */
export const isDescending = (order: StretchOrder): boolean =>
  order === "active" || order === "latest" || order === "labelled";

/** Where a page starts: after the room with this number and key. */
export interface Place {
  number: number;
  key: string;
}

/** The cursor of a page after this place. */
export const cursorAt = (order: StretchOrder, { number, key }: Place): string => `${order}.${number}.${key}`;

/** Reads rooms of a stretch after a place, or from its beginning; at most `limit`. */
export interface Reading {
  stretch: Stretch;
  after: Place | undefined;
  limit: number;
}

/** The rooms after a cursor, at most `limit`; an invalid cursor is ignored. Yields what is to be read. */
function* walk<C extends Candidate>(
  stretches: Stretch[],
  { cursor, limit }: { cursor?: string; limit: number },
): Generator<Reading, C[], C[]> {
  const [, order, number, key] = /^([a-z]+)\.(\d{1,15})\.([0-9a-z]{1,22})$/.exec(cursor ?? "") ?? [];
  const start = stretches.findIndex((stretch) => stretch.order === order);
  let after = start < 0 ? undefined : { number: Number(number), key: key! };
  const found: C[] = [];
  for (const stretch of stretches.slice(Math.max(0, start))) {
    found.push(...yield { stretch, after, limit: limit - found.length });
    if (found.length === limit) break;
    after = undefined;
  }
  return found;
}

/** `walk` for synchronous reads. */
export function walkNow<C extends Candidate>(
  stretches: Stretch[],
  page: { cursor?: string; limit: number },
  read: (asked: Reading) => C[],
): C[] {
  const walking = walk<C>(stretches, page);
  for (let step = walking.next();;) {
    if (step.done) return step.value;
    step = walking.next(read(step.value));
  }
}

/** `walk` for asynchronous reads. */
export async function walkSoon<C extends Candidate>(
  stretches: Stretch[],
  page: { cursor?: string; limit: number },
  read: (asked: Reading) => Promise<C[]>,
): Promise<C[]> {
  const walking = walk<C>(stretches, page);
  for (let step = walking.next();;) {
    if (step.done) return step.value;
    step = walking.next(await read(step.value));
  }
}

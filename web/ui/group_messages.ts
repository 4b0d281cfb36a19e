import { dayAt } from "./days.ts";

/** An item of a thread. */
export interface GroupItem {
  author: string;
  /** Authors of both sides may have the same name: the side distinguishes them. */
  side: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Grouped<T> {
  item: T;
  /** It starts a new day. */
  isNewDay: boolean;
  /** It starts a group, with author and time. */
  isFirst: boolean;
}

/** Messages of one author within this time are grouped. Milliseconds. */
const groupMs = 5 * 60_000;

/** Groups a thread by day, and by author within five minutes. */
export function groupByDayAndAuthor<T extends GroupItem>(items: readonly T[]): Grouped<T>[] {
  return items.map((item, i) => {
    const before = items[i - 1];
    const isNewDay = !before || dayOf(item) !== dayOf(before);
    const isFirst = isNewDay || !isSameAuthor(item, before) || item.at - before.at > groupMs;
    return { item, isNewDay, isFirst };
  });
}

const isSameAuthor = (a: GroupItem, b: GroupItem) => a.side === b.side && a.author === b.author;

const dayOf = ({ at }: GroupItem) => dayAt(at);

import { dayAt } from "./days.ts";

/** Something that stands in a thread: who it is of, and when it was. */
export interface GroupItem {
  author: string;
  /** Two authors may have one name: the side tells them apart. */
  side: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Grouped<T> {
  item: T;
  /** A new day begins with it. */
  isNewDay: boolean;
  /** Its author's name and the time stand over it. */
  isFirst: boolean;
}

/** Messages of one author within so many milliseconds of the one before stand together. */
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

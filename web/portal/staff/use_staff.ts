import { useEffect, useRef } from "preact/hooks";
import { useLive } from "../service/live_context.ts";
import type { Shown } from "../thread/talk.ts";
import type { StaffEntry } from "./staff_log.ts";

const none: readonly StaffEntry[] = [];

/** What only members see of a room, cut to its blocks of messages. An unchanged block keeps its array. */
export function useStaff(consumer: string, { blocks, hasOlder, hasNewer, isLoaded }: Shown) {
  const log = useLive().staff.of(consumer);
  const entries = log?.entries.value ?? none;
  const kept = useRef<(readonly StaffEntry[])[]>([]);
  const firstSeq = blocks[0]?.[0]?.seq ?? 1;
  useEffect(() => {
    if (isLoaded) log?.reach(hasOlder ? firstSeq : 0);
  }, [log, isLoaded, entries, firstSeq, hasOlder]);
  const cut = blocks.map((messages, i) => {
    const from = i > 0 || hasOlder ? messages[0]!.seq : 0;
    const isLast = i === blocks.length - 1;
    const to = isLast && !hasNewer ? Infinity : messages.at(-1)!.seq;
    return entries.filter(({ after }) => after >= from && after <= to);
  });
  kept.current = cut.map((now) => kept.current.find((before) => isSame(before, now)) ?? now);
  return { entries, of: (block: number) => kept.current[block] ?? none };
}

const isSame = (a: readonly StaffEntry[], b: readonly StaffEntry[]) =>
  a.length === b.length && a.every((entry, i) => entry === b[i]);

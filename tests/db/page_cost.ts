import assert from "node:assert/strict";
import type { BoxAsked } from "../../db/desk_store.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import { draft, morning, numbers } from "./contract/fixtures.ts";
import type { Opened } from "./store_contract.ts";

const few = 100, atOnce = 200;
const nothing = () => Promise.resolve();

/** Median time of several runs. Milliseconds. */
export async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const _ of numbers(40)) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[20]!;
}

/** Puts a room into some of the boxes: each has a page of ten among 100 rooms, and grows with their number. */
async function sort(store: Store, key: RoomKey, n: number): Promise<void> {
  const set = {
    ...(n % 2 && { assignee: "ines" }),
    ...(n % 4 < 2 && { team: "sales" }),
    ...(n % 5 < 3 && { labels: ["vip"] }),
    ...(n % 7 === 1 && { snoozedUntil: morning + n }),
    ...(n % 7 === 2 && { dueAt: morning + n }),
  };
  if (Object.keys(set).length) await store.changeDesk(key, { set, at: morning + n });
  if (n % 8 === 1) {
    await store.appendMessage(draft(key, "bot", { side: "admin", kind: "status", at: morning + n }));
  }
}

/** Creates asha's rooms numbered `from` to `to` with one message each; some are resolved. */
export async function fill(
  store: Store,
  from: number,
  to: number,
  { then = nothing }: { then?: (key: RoomKey, n: number) => Promise<void> } = {},
): Promise<void> {
  const left = numbers(to).slice(from);
  await Promise.all(
    numbers(atOnce).map(async () => {
      for (let n; (n = left.pop()) !== undefined;) {
        const key = { admin: "asha", consumer: `visitor-${n}` };
        const rest = n % 3 ? {} : { side: "admin", kind: "status" } as const;
        await store.appendMessage(draft(key, n % 3 ? "hello" : "resolved", { ...rest, at: morning + n }));
        await then(key, n);
      }
    }),
  );
}

async function pagesMs(store: Store): Promise<Record<string, number>> {
  const list = { limit: 50, messages: 20 };
  const key = { admin: "asha", consumer: "visitor-1" };
  return {
    all: await medianMs(() => store.rooms("asha", { ...list, filter: "all" })),
    open: await medianMs(() => store.rooms("asha", { ...list, filter: "open" })),
    unread: await medianMs(() => store.rooms("asha", { ...list, filter: "unread" })),
    ...await boxesMs(store),
    counts: await medianMs(() => store.roomCounts("asha", "ines")),
    due: await medianMs(() => store.dueRooms(morning + 20, 50)),
    messages: await medianMs(() => store.messagesBefore(key, undefined, 50)),
    room: await medianMs(() => store.room(key)),
  };
}

const boxes: BoxAsked[] = [
  { kind: "mine", id: "ines" },
  { kind: "team", id: "sales" },
  { kind: "label", id: "vip" },
  ...(["unassigned", "waiting", "bot", "snoozed"] as const).map((kind) => ({ kind })),
];

/** The first page of each box in each order. */
async function boxesMs(store: Store): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const box of boxes) {
    for (const sort of ["newest", "longest_waiting"] as const) {
      const query = { limit: 10, messages: 20, filter: "all", box, sort } as const;
      times[`${box.kind} ${sort}`] = await medianMs(() => store.rooms("asha", query));
    }
  }
  return times;
}

/** Tests that the cost of a page does not depend on the number of rooms. */
export function testPageCost(
  name: string,
  { open, many }: { open: () => Promise<Opened>; many: number },
): void {
  Deno.test(`${name}: a page costs among ${many} rooms what it costs among ${few}`, async () => {
    const { store, dispose } = await open();
    const then = (key: RoomKey, n: number) => sort(store, key, n);
    await fill(store, 0, few, { then });
    const small = await pagesMs(store);
    await fill(store, few, many, { then });
    const large = await pagesMs(store);
    await dispose();
    for (const [page, ms] of Object.entries(large)) {
      assert(ms <= 2 * small[page]! + 2, `${page}: ${small[page]} ms, then ${ms} ms`);
    }
  });
}

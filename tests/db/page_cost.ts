import assert from "node:assert/strict";
import type { Store } from "../../db/store.ts";
import { draft, morning, numbers } from "./contract/fixtures.ts";
import type { Opened } from "./store_contract.ts";

const few = 100, atOnce = 200;

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

/** Creates asha's rooms numbered `from` to `to` with one message each; some are resolved. */
export async function fill(store: Store, from: number, to: number): Promise<void> {
  const left = numbers(to).slice(from);
  await Promise.all(
    numbers(atOnce).map(async () => {
      for (let n; (n = left.pop()) !== undefined;) {
        const key = { admin: "asha", consumer: `visitor-${n}` };
        const rest = n % 3 ? {} : { side: "admin", kind: "status" } as const;
        await store.appendMessage(draft(key, n % 3 ? "hello" : "resolved", { ...rest, at: morning + n }));
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
    messages: await medianMs(() => store.messagesBefore(key, undefined, 50)),
    room: await medianMs(() => store.room(key)),
  };
}

/** Tests that the cost of a page does not depend on the number of rooms. */
export function testPageCost(
  name: string,
  { open, many }: { open: () => Promise<Opened>; many: number },
): void {
  Deno.test(`${name}: a page costs among ${many} rooms what it costs among ${few}`, async () => {
    const { store, dispose } = await open();
    await fill(store, 0, few);
    const small = await pagesMs(store);
    await fill(store, few, many);
    const large = await pagesMs(store);
    await dispose();
    for (const [page, ms] of Object.entries(large)) {
      assert(ms <= 2 * small[page]! + 2, `${page}: ${small[page]} ms, then ${ms} ms`);
    }
  });
}

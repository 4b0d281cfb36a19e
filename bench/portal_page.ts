import type { Page } from "playwright-core";

/** Opens the portal; resolves with the time until the list and the counts are usable. Milliseconds. */
export async function whenUsable(page: Page, address: string): Promise<number> {
  await page.goto(`${address}/messages`, { waitUntil: "commit" });
  const moment = await page.waitForFunction(() => {
    const isCounted = document.querySelector(".tab-count:not(.bone)");
    return document.querySelector("a.room") && isCounted ? performance.now() : undefined;
  });
  return await moment.jsonValue() as number;
}

/** Number of long tasks (over 50 ms, Long Tasks API) while `act` runs. */
export async function countTasks(page: Page, act: () => Promise<void>): Promise<number> {
  const watch = await page.evaluateHandle(() => {
    const tasks: number[] = [];
    const note = (list: PerformanceEntryList) => {
      for (const { duration } of list) tasks.push(duration);
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "longtask" });
    return { observer, note, tasks };
  });
  await act();
  const tasks = await watch.evaluate(({ observer, note, tasks }) => {
    note(observer.takeRecords());
    observer.disconnect();
    return tasks;
  });
  if (tasks.length > 0) console.error(`long tasks: ${tasks.map(Math.round).join(", ")} ms`);
  return tasks.length;
}

/** Input delay of each key press while `act` runs. Milliseconds. */
export async function delaysOfKeys(page: Page, act: () => Promise<void>): Promise<number[]> {
  const watch = await page.evaluateHandle(() => {
    const delays: number[] = [];
    const heard = ({ timeStamp }: Event) => delays.push(performance.now() - timeStamp);
    addEventListener("keydown", heard, { capture: true });
    return { delays };
  });
  await act();
  return await watch.evaluate(({ delays }) => delays);
}

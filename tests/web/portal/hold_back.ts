import type { Page, Response } from "playwright-core";

/** A call of the page's that is under way for as long as a test wants. */
export interface HeldCall {
  /** The page has made it. */
  made: Promise<void>;
  /** Lets it go on; answers once the page has taken in what came of it. */
  goOn(): Promise<void>;
}

/** Holds back the page's next call of this method to an address of this pattern. */
export async function holdBack(page: Page, method: string, address: string): Promise<HeldCall> {
  const made = Promise.withResolvers<void>(), released = Promise.withResolvers<void>();
  const late = setTimeout(() => made.reject(new Error(`The page never made a ${method} ${address}`)), 10_000);
  let answered: Promise<Response> | undefined;
  await page.route(address, async (route) => {
    const request = route.request();
    if (request.method() !== method || answered) return route.fallback();
    answered = page.waitForResponse((response) => response.request() === request);
    clearTimeout(late);
    made.resolve();
    await released.promise;
    await route.continue();
  });
  return {
    made: made.promise,
    async goOn() {
      released.resolve();
      await (await answered!).finished();
      // The page hears of it as a task; what is due after it is drawn by the second frame.
      await page.evaluate(() =>
        new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 50))
      );
    },
  };
}

import type { Page, Response } from "playwright-core";

/** A request of the page that is held until a test releases it. */
export interface HeldCall {
  /** Resolves when the page has sent the request. */
  made: Promise<void>;
  /** Releases the request; resolves once the page has processed the response. */
  goOn(): Promise<void>;
}

/** Holds the page's next request with this method and URL pattern. */
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
      // The response arrives as a task; its updates are rendered by the second animation frame.
      await page.evaluate(() =>
        new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 50))
      );
    },
  };
}

import type { BrowserContext, Route } from "playwright-core";

/** A delayed session call: its response is delivered when `go()` is called. */
export class HeldSession {
  readonly #asked = Promise.withResolvers<void>();
  readonly #go = Promise.withResolvers<void>();

  /** Holds the response to this browser's next session call. */
  static async in(context: BrowserContext): Promise<HeldSession> {
    const held = new HeldSession();
    await context.route("**/session", (route) => held.#hold(route), { times: 1 });
    return held;
  }

  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  go(): void {
    this.#go.resolve();
  }

  async #hold(route: Route): Promise<void> {
    const response = await route.fetch();
    this.#asked.resolve();
    await this.#go.promise;
    // The page may have been closed in the meantime.
    await route.fulfill({ response }).catch(() => {});
  }
}

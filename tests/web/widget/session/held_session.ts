import type { BrowserContext, Route } from "playwright-core";

/** A service that is slow to say who a visitor is: the answer to the session call that was held comes with `go()`. */
export class HeldSession {
  readonly #asked = Promise.withResolvers<void>();
  readonly #go = Promise.withResolvers<void>();

  /** Holds the next session call of this browser, once the service has answered it. */
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
    // A page that has gone meanwhile wants no answer.
    await route.fulfill({ response }).catch(() => {});
  }
}

import type { Hono } from "hono";
import type { Env, Service } from "../service.ts";

/** The routes of a group, for a service. */
export type Routes = (service: Service) => Hono<Env>;

/** Paths whose code is loaded with the first request to one of them: who asks for others does not wait for it. */
export class LateGroup {
  #app: Promise<Hono<Env>> | undefined;

  constructor(readonly open: () => Promise<Hono<Env>>) {}

  /** Answers its paths. A failure to load them is tried again the next time. */
  app(): Promise<Hono<Env>> {
    return this.#app ??= this.open().catch((error) => {
      this.#app = undefined;
      throw error;
    });
  }
}

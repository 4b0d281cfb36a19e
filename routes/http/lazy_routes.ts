import type { Hono } from "hono";
import type { Env, Service } from "../service.ts";

/** The routes of a group, for a service. */
export type Routes = (service: Service) => Hono<Env>;

/** Group of routes whose code is loaded with the first request to one of them. */
export class LazyRoutes {
  #app: Promise<Hono<Env>> | undefined;

  constructor(readonly open: () => Promise<Hono<Env>>) {}

  /** The group's app. A failure to load it is retried with the next request. */
  app(): Promise<Hono<Env>> {
    return this.#app ??= this.open().catch((error) => {
      this.#app = undefined;
      throw error;
    });
  }
}

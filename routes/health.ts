import { Hono } from "hono";
import type { Env, Service } from "./service.ts";

/** `/healthz`: the process answers. `/readyz`: it takes work, and its store does. */
export function healthRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const isReady = !service.draining && await service.chat.store.ready().then(() => true, () => false);
    return c.json({ status: isReady ? "ready" : "unavailable" }, isReady ? 200 : 503);
  });
  return app;
}

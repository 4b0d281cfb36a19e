import { Hono } from "hono/quick";
import type { Env, Service } from "./service.ts";

/** `/healthz`: the process answers. `/readyz`: it takes new sockets, and a write goes through. */
export function healthRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const takesSockets = !service.draining && !service.memory.isShort;
    const isReady = takesSockets && await service.chat.store.ready().then(() => true, () => false);
    return c.json({ status: isReady ? "ready" : "unavailable" }, isReady ? 200 : 503);
  });
  return app;
}

import { Hono } from "hono/quick";
import type { Env, Service } from "./service.ts";

/** How long an answer of the store's holds: whoever asks without end makes it write no more often. Milliseconds. */
const holdsMs = 250;

/** `/healthz`: the process answers. `/readyz`: it takes new sockets, and a write goes through. */
export function healthRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  let askedAt = -Infinity, writes: Promise<boolean>;
  const canWrite = () => {
    if (performance.now() - askedAt < holdsMs) return writes;
    askedAt = performance.now();
    return writes = service.chat.store.ready().then(() => true, () => false);
  };
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const takesSockets = !service.draining && !service.memory.isShort;
    const isReady = takesSockets && await canWrite();
    return c.json({ status: isReady ? "ready" : "unavailable" }, isReady ? 200 : 503);
  });
  return app;
}

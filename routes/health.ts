import { Hono } from "hono/quick";
import type { Env, Service } from "./service.ts";

/** How long a result of the store check is reused, so that frequent calls do not write more often. Milliseconds. */
const holdsMs = 500;
/** A store that takes longer counts as not ready. Milliseconds. */
const answerMs = 2_500;

/**
 * `/healthz`: the process responds. `/readyz`: it takes new sockets, and messages are stored, as shown by recent writes
 * or, without any, by a test write.
 */
export function healthRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  const { store } = service.chat;
  let probe: Promise<boolean> | undefined, askedAt = -Infinity;
  /** One check at a time, however many callers. */
  const canWrite = () => {
    if (performance.now() - askedAt < holdsMs) return probe!;
    const answer = store.ready().then(() => true, () => false);
    // The next one waits for the end of this one, although nobody waits for it here.
    askedAt = Infinity;
    void answer.then(() => askedAt = performance.now());
    return probe = inTime(answer);
  };
  app.get("/healthz", (c) => c.json({ status: "ok", version: service.version }));
  app.get("/readyz", async (c) => {
    const takesSockets = !service.draining && !service.memory.isShort;
    const isReady = takesSockets && (service.appends.verdict ?? await canWrite());
    return c.json({ status: isReady ? "ready" : "unavailable" }, isReady ? 200 : 503);
  });
  return app;
}

async function inTime(answer: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), answerMs));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

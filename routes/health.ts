import { Hono } from "hono/quick";
import type { Env, Service } from "./service.ts";

/** How long an answer of the store's holds: whoever asks without end makes it write no more often. Milliseconds. */
const holdsMs = 500;
/** A store that has not answered by then is not ready. Milliseconds. */
const answerMs = 2_500;

/**
 * `/healthz`: the process answers. `/readyz`: it takes new sockets, and messages are stored: of late, or where nobody has
 * written, as far as trying it tells.
 */
export function healthRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  const { store } = service.chat;
  let probe: Promise<boolean> | undefined, askedAt = -Infinity;
  /** One at a time, however many ask. */
  const canWrite = () => {
    if (performance.now() - askedAt < holdsMs) return probe!;
    const answer = store.ready().then(() => true, () => false);
    // The next one waits for the end of this one, even where it is not waited for here.
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

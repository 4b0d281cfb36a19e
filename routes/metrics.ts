import type { Context } from "hono";
import { Hono } from "hono/quick";
import { NotFound } from "./http/errors.ts";
import { bearerOf } from "./api/credentials.ts";
import type { Env, Service } from "./service.ts";

/** Headers of a request that a proxy forwarded or a browser's page sent: not of a collector on this machine. */
const fromElsewhere = ["x-forwarded-for", "forwarded", "via", "origin", "sec-fetch-site", "cf-connecting-ip"];

/** `/metrics`, with `METRICS_TOKEN`; without a token, and without a proxy, for this machine only. Others get a 404. */
export function metricsRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.get("/metrics", async (c) => {
    if (!await mayRead(service, c)) throw new NotFound("There is nothing at this path");
    return new Response(await service.metrics.text(), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  });
  return app;
}

/** A plain proxy adds no header, and a rebound page looks local too: neither may pass as a collector. */
async function mayRead(
  { metricsToken, origins }: Service,
  { req: { raw }, env }: Context<Env>,
): Promise<boolean> {
  if (metricsToken !== undefined) return await isSame(bearerOf(raw) ?? "", metricsToken);
  if (origins.isProxied || !origins.isAskedLocally(raw)) return false;
  const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(env?.remoteAddress ?? "");
  return isLoopback && !fromElsewhere.some((name) => raw.headers.has(name));
}

/** Compares hashes: the time reveals nothing of either. */
async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [a, b].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return new Uint8Array(one!).toHex() === new Uint8Array(other!).toHex();
}

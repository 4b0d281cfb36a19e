import type { Context } from "hono";
import { Hono } from "hono/quick";
import { NotFound } from "./http/errors.ts";
import { bearerOf } from "./api/credentials.ts";
import type { Env, Service } from "./service.ts";

/** Headers of a request that a proxy handed on, or that a page in a browser sent: not of this machine's own collector. */
const fromElsewhere = ["x-forwarded-for", "forwarded", "via", "origin", "sec-fetch-site", "cf-connecting-ip"];

/** `/metrics`, for who knows `METRICS_TOKEN`; where there is none, nor a proxy, for this machine alone. Nobody else learns that it is there. */
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

/** A plain proxy adds no header, and a page whose name was led here is no other to this machine: neither may pass for it. */
async function mayRead(
  { metricsToken, origins }: Service,
  { req: { raw }, env }: Context<Env>,
): Promise<boolean> {
  if (metricsToken !== undefined) return await isSame(bearerOf(raw) ?? "", metricsToken);
  if (origins.isProxied || !origins.isAskedLocally(raw)) return false;
  const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(env?.remoteAddress ?? "");
  return isLoopback && !fromElsewhere.some((name) => raw.headers.has(name));
}

/** Their hashes are compared: how long that takes says nothing of either. */
async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [a, b].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return new Uint8Array(one!).toHex() === new Uint8Array(other!).toHex();
}

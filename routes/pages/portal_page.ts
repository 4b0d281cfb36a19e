import { Hono } from "hono";
import { assetResponse, type Assets } from "./assets.ts";
import { NotFound } from "../http/errors.ts";
import type { Env, Service } from "../service.ts";

/** The portal's page, at `/messages` and at every address below it. */
export function portalPageRoutes(service: Service, assets: Assets) {
  const app = new Hono<Env>({ strict: false });
  const serve = (name: string, request: Request, headers: Record<string, string>) => {
    const asset = assets.get(name);
    if (!asset) throw new NotFound("There is nothing at this path. Was it built? deno task build");
    return assetResponse(asset, request, { "cache-control": "no-cache", ...headers });
  };
  const page = (request: Request) =>
    serve("portal.html", request, {
      "content-security-policy": policy(service.origins.own(request)),
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
    });

  app.get("/messages", (c) => page(c.req.raw));
  // A worker has a policy of its own: it shows notifications and opens the portal, nothing else.
  app.get(
    "/messages/worker.js",
    (c) =>
      serve("/messages/worker.js", c.req.raw, {
        "content-security-policy": "default-src 'none'; connect-src 'self'",
        // Without it the worker's scope would be `/messages/` only, without the inbox itself.
        "service-worker-allowed": "/messages",
      }),
  );
  app.get("/messages/app.webmanifest", (c) => serve("/messages/app.webmanifest", c.req.raw, {}));
  app.get("/messages/icon.svg", (c) => serve("/messages/icon.svg", c.req.raw, {}));
  app.get("/messages/*", (c) => page(c.req.raw));
  return app;
}

/**
 * Scripts of our own files only, no inline ones. The settings frame the chatbot's real page; an avatar
 * comes from any host; the badge on the icon is drawn here.
 */
function policy(own: string): string {
  const { host, protocol } = new URL(own);
  const sockets = protocol === "https:" ? `wss://${host}` : `ws://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${sockets}`,
    "frame-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types parlor-worker",
  ].join("; ");
}

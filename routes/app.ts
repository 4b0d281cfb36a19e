import { Hono } from "hono/quick";
import { Forbidden } from "../chat/errors.ts";
import { faultFields, logOnce } from "../chat/monitoring/log.ts";
import { openAssets } from "./pages/assets.ts";
import { refuseOverBudget } from "./http/metering.ts";
import { corsHeaders, preflight } from "./http/cors.ts";
import { BadRequest, errorResponse, NotFound } from "./http/errors.ts";
import { healthRoutes } from "./health.ts";
import { LazyRoutes, type Routes } from "./http/lazy_routes.ts";
import { metricsRoutes } from "./metrics.ts";
import { addSecurityHeaders } from "./http/security_headers.ts";
import { RoutePatterns } from "./http/route_patterns.ts";
import type { Env, Peer, Service } from "./service.ts";

// Named by `import.meta.resolve`: a literal import is read at every start, with all that it
// imports, whether it is reached or not.
const files = {
  socket: () =>
    import(import.meta.resolve("./socket/socket.ts")) as Promise<typeof import("./socket/socket.ts")>,
  accounts: () =>
    import(import.meta.resolve("./api/accounts.ts")) as Promise<typeof import("./api/accounts.ts")>,
  chatbot: () =>
    import(import.meta.resolve("./api/chatbot.ts")) as Promise<typeof import("./api/chatbot.ts")>,
  portal: () =>
    import(import.meta.resolve("./api/portal_api.ts")) as Promise<typeof import("./api/portal_api.ts")>,
  pages: () => import(import.meta.resolve("./pages/pages.ts")) as Promise<typeof import("./pages/pages.ts")>,
  widget: () =>
    import(import.meta.resolve("./pages/widget.ts")) as Promise<typeof import("./pages/widget.ts")>,
};

/** The sitemap: path prefixes of the groups and their handlers. The first match handles. */
const groups: [base: string, load: () => Promise<Routes>][] = [
  ["/ws", async () => (await files.socket()).socketRoutes],
  ["/accounts/api", async () => (await files.accounts()).accountRoutes],
  ["/chatbot/api", async () => (await files.chatbot()).chatbotRoutes],
  ["/messages/api", async () => (await files.portal()).portalApiRoutes],
  ["", async () => {
    const [{ pageRoutes }, { widgetRoutes }] = await Promise.all([files.pages(), files.widget()]);
    const assets = openAssets();
    return (service) => pageRoutes(service, assets).route("/", widgetRoutes(service, assets));
  }],
];

/** The doors. `loadAll` loads what no request has asked for yet; `patterns` knows the routes of what was loaded. */
export function openApp(service: Service) {
  const app = withErrors(new Hono<Env>({ strict: false }), service);
  app.route("/", healthRoutes(service));
  app.route("/", metricsRoutes(service));
  const patterns = new RoutePatterns();
  patterns.add(app.routes);
  const late = groups.map(([base, load]) => {
    const group = new LazyRoutes(async () => {
      const routes = (await load())(service);
      const group = withErrors(new Hono<Env>({ strict: false }), service).route(base || "/", routes);
      patterns.add(group.routes);
      return group;
    });
    app.all(`${base}/*`, async (c) => (await group.app()).fetch(c.req.raw, c.env));
    return group;
  });
  return { app, patterns, loadAll: () => Promise.all(late.map((group) => group.app())) };
}

function withErrors(app: Hono<Env>, service: Service): Hono<Env> {
  app.notFound(() => errorResponse(new NotFound("There is nothing at this path"), service));
  app.onError((error) => errorResponse(error, service));
  return app;
}

/** A method is any word that a sender likes; these are logged. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export type Handle = (request: Request, peer: Peer) => Promise<Response>;

/** Answers a request and logs one line of it. Never throws: what escapes a handler of Deno's ends the process. */
export function createHandler(service: Service): Handle {
  const { app, patterns, loadAll } = openApp(service);
  let loading: Promise<unknown> | undefined;
  return async (request, peer) => {
    const began = performance.now();
    let response: Response;
    try {
      checkAddress(request);
      checkHost(service, request);
      response = await answer(service, app, request, peer);
    } catch (error) {
      response = errorResponse(error, service);
      const isHttps = URL.canParse(request.url) && service.origins.isHttps(request);
      addSecurityHeaders(response.headers, isHttps);
    }
    service.metrics.requests.add(String(response.status));
    service.log.info("request", {
      method: methods.has(request.method) ? request.method : "other",
      path: patterns.of(URL.parse(request.url)?.pathname ?? ""),
      status: response.status,
      ms: Math.round(performance.now() - began),
    });
    // The first caller does not wait for it, and later changes of files are not mixed with those in use.
    if (!loading) {
      service.onFirstAnswer();
      loading = loadAll().catch((error) => service.log.error("load_failed", faultFields(error)));
    }
    return response;
  };
}

async function answer(service: Service, app: Hono<Env>, request: Request, peer: Peer) {
  const isUpgrade = request.headers.has("upgrade");
  const cors = isUpgrade ? {} : await corsHeaders(service, request);
  // A HEAD is handled as its GET, whose length the server then sends; the body is discarded.
  const asked = request.method === "HEAD" && !isUpgrade ? new Request(request, { method: "GET" }) : request;
  const response = await refuseOverBudget(service, request, peer) ??
    (request.method === "OPTIONS" ? preflight(cors) : await app.fetch(asked, peer));
  if (response.status === 101) return response;
  try {
    for (const [name, value] of Object.entries(cors)) {
      if (name === "vary") response.headers.append(name, value);
      else response.headers.set(name, value);
    }
    addSecurityHeaders(response.headers, service.origins.isHttps(request));
  } catch (error) {
    service.log.warn("headers_failed", faultFields(error));
  }
  return response;
}

/** Called by balancers and collectors, which know the process by its address alone. */
const forMachines = new Set(["/healthz", "/readyz", "/metrics"]);

/** @throws {Forbidden} for a request under a host name that is not the service's */
function checkHost({ origins, log }: Service, request: Request): void {
  if (origins.admitsHost(request) || forMachines.has(new URL(request.url).pathname.replace(/\/$/, ""))) {
    return;
  }
  const why = `This service answers at ${
    origins.own(request)
  }. A proxy in front has to pass on the Host that it was asked for`;
  logOnce(log, "host_refused", why);
  throw new Forbidden(why);
}

const hostPattern = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** Host is any text of the sender; parts of a path in it would be read as the path. @throws {BadRequest} */
function checkAddress({ url, headers }: Request): void {
  const host = headers.get("host");
  const isGood = URL.canParse(url) && (host === null || hostPattern.test(host));
  if (!isGood) throw new BadRequest("This Host and path are no address");
}

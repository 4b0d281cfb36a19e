import { Hono } from "hono";
import { faultFields } from "../chat/log.ts";
import { accountRoutes } from "./accounts.ts";
import { chatbotRoutes } from "./chatbot.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { errorResponse, NotFound } from "./errors.ts";
import { healthRoutes } from "./health.ts";
import { pageRoutes } from "./pages.ts";
import { addSecurityHeaders } from "./security_headers.ts";
import type { Env, Peer, Service } from "./service.ts";
import { socketRoutes } from "./socket.ts";
import { widgetRoutes } from "./widget.ts";

/** The sitemap. */
export function openApp(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.route("/ws", socketRoutes(service));
  app.route("/accounts/api", accountRoutes(service));
  app.route("/chatbot/api", chatbotRoutes(service));
  app.route("/", healthRoutes(service));
  app.route("/", pageRoutes(service));
  app.route("/", widgetRoutes(service));
  app.notFound(() => errorResponse(new NotFound("There is nothing at this path"), service.log));
  app.onError((error) => errorResponse(error, service.log));
  return app;
}

export type Handle = (request: Request, peer: Peer) => Promise<Response>;

/** Answers a request and logs one line of it. Never throws: what escapes a handler of Deno's ends the process. */
export function openDoor(service: Service): Handle {
  const app = openApp(service);
  return async (request, peer) => {
    const began = performance.now();
    let response: Response;
    try {
      response = await answer(service, app, request, peer);
    } catch (error) {
      response = errorResponse(error, service.log);
    }
    service.log.info("request", {
      method: request.method,
      path: loggedPath(request),
      status: response.status,
      ms: Math.round(performance.now() - began),
    });
    return response;
  };
}

async function answer(service: Service, app: ReturnType<typeof openApp>, request: Request, peer: Peer) {
  const isUpgrade = request.headers.has("upgrade");
  const cors = isUpgrade ? {} : await corsHeaders(service, request);
  const response = request.method === "OPTIONS" ? preflight(cors) : await app.fetch(request, peer);
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

/** The path without what could be a secret: consumer ids are, and queries may hold anything. */
function loggedPath(request: Request): string {
  const { pathname } = new URL(request.url);
  return pathname.slice(0, 200).replace(/^(\/ws\/chat\/[^/]*|\/chatbot\/(?!api(?:\/|$))[^/]*)\/.*/, "$1/…");
}

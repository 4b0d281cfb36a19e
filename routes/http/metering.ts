import { RateLimited } from "../../chat/errors.ts";
import { costs } from "../../chat/limits/meter.ts";
import { addressOf } from "./address.ts";
import { bearerOf } from "../api/credentials.ts";
import { errorResponse } from "./errors.ts";
import type { Peer, Service } from "../service.ts";

/** Paths for monitoring; they cost next to nothing and are always answered. */
const never = /^\/(healthz|readyz|metrics)\/?$/;
/** Static pages and scripts come from memory: they are served beyond the budget for other work. */
const faces = /^\/(widget|assets|messages\/?$|favicon)/;
const facePatience = 2;

// A literal import would be read at every start, with the schemas that it imports.
const authenticate = () =>
  import(import.meta.resolve("../api/authenticate.ts")) as Promise<typeof import("../api/authenticate.ts")>;

/**
 * Charges the cost of a request to its address before anything else is done. A signed-in admin passes whatever strangers
 * do at the same address: its calls are charged to its account, once it is authenticated.
 * Returns the refusal, if the budget is spent.
 */
export async function refuseOverBudget(
  service: Service,
  request: Request,
  peer: Peer,
): Promise<Response | undefined> {
  const { meter } = service.chat;
  if (!meter) return undefined;
  const { pathname } = new URL(request.url);
  const payer = meter.address(addressOf(request, peer.remoteAddress, service.trustProxy));
  if (never.test(pathname)) return void payer.charge(costs.refusal);
  const wait = payer.take(costs.request, faces.test(pathname) ? facePatience : 1);
  if (wait === 0) return undefined;
  payer.charge(costs.refusal);
  if (await isSignedIn(service, request)) return undefined;
  return errorResponse(new RateLimited(wait, "Too much asked from this address"), service);
}

async function isSignedIn(service: Service, request: Request): Promise<boolean> {
  if (!service.origins.admitsAdmin(request)) return false;
  const { signedInBy, signedInByCookie } = await authenticate();
  const bearer = bearerOf(request);
  const admin = bearer === undefined
    ? signedInByCookie(service, request).catch(() => undefined)
    : signedInBy(service.chat, bearer);
  return await admin !== undefined;
}

import type { Chat } from "../chat/chat.ts";
import { accountHeader } from "../protocol/limits.ts";
import { Forbidden, NotSignedIn, OtherAccount, RateLimited } from "../chat/errors.ts";
import { costs } from "../chat/meter.ts";
import { logOnce } from "../chat/log.ts";
import { adminOf } from "../chat/sessions.ts";
import { bearerOf, cookieOf, sessionCookie } from "./credentials.ts";
import type { Service } from "./service.ts";

export interface SignedIn {
  username: string;
  jti: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/** The admin whose live session a token is. One look-up for HTTP and sockets alike. */
export function signedInBy(chat: Chat, token: string | undefined): Promise<SignedIn | undefined> {
  return token ? adminOf(chat, token) : Promise.resolve(undefined);
}

/**
 * The admin who asks, whose account pays for a call. @throws {NotSignedIn} @throws {RateLimited}
 * @throws {Forbidden} if a page elsewhere asks
 * @throws {OtherAccount} if the caller names another account: the cookie is every tab's, and a tab that was opened for
 *   one account would else write into another one
 */
export async function requireAdmin(service: Service, request: Request): Promise<SignedIn> {
  refuseForeignOrigin(service, request);
  const { chat } = service;
  const admin = await signedInBy(chat, bearerOf(request) ?? cookieOf(request, sessionCookie));
  if (!admin) throw new NotSignedIn("Sign in first");
  const meant = accountMeant(request);
  if (meant !== undefined && meant.toLowerCase() !== admin.username) throw new OtherAccount(meant);
  const wait = chat.meter?.account(admin.username).take(costs.read) ?? 0;
  if (wait > 0) throw new RateLimited(wait, "Too much asked by this account");
  return admin;
}

/** The account that a call names. Programs and older clients name none. */
function accountMeant(request: Request): string | undefined {
  return request.headers.get(accountHeader) ?? URL.parse(request.url)?.searchParams.get("account") ??
    undefined;
}

/** Refuses a request of a page elsewhere, or of one that seems to be. @throws {Forbidden} that says what to set */
export function refuseForeignOrigin({ origins, log }: Service, request: Request): void {
  if (origins.admitsAdmin(request)) return;
  const why = origins.isNamed
    ? `This page is not at ${
      origins.own(request)
    }, as PUBLIC_URL says of the service, nor one of PORTAL_ORIGINS`
    : "This page is not at the address under which the service was asked. If a proxy is in front that writes a Host of " +
      "its own, set PUBLIC_URL to where people reach the service, and TRUST_PROXY=on";
  logOnce(log, "origin_refused", why);
  throw new Forbidden(why);
}

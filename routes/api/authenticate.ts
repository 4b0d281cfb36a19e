import type { Chat } from "../../chat/chat.ts";
import { accountHeader, workspaceHeader } from "../../protocol/limits.ts";
import { Forbidden, NotSignedIn, OtherAccount, RateLimited } from "../../chat/errors.ts";
import { costs } from "../../chat/limits/meter.ts";
import { logOnce } from "../../chat/monitoring/log.ts";
import { signedInWith } from "../../chat/accounts/sessions.ts";
import { actIn } from "../../chat/team/acting.ts";
import type { AdminWho } from "../../chat/who.ts";
import { bearerOf, sessionCookiesOf, setSessionCookie } from "./credentials.ts";
import type { Service } from "../service.ts";

export interface SignedIn {
  username: string;
  /** Id of the account. */
  account: string;
  jti: string;
  /** Time of sign-in. Milliseconds since 1970. */
  created: number;
  /** Milliseconds since 1970. */
  expires: number;
}

/** The admin of a live session token. One look-up for HTTP and sockets alike. */
export async function signedInBy(chat: Chat, token: string | undefined): Promise<SignedIn | undefined> {
  const found = token ? await signedInWith(chat, token) : undefined;
  return found && { ...found.session, account: found.account };
}

/**
 * The admin whose session a request's cookies carry. Invalid ones are skipped. Of two accounts, the
 * one that the request names: `named`. @throws {NotSignedIn} if it names none
 */
export async function signedInByCookie(
  { chat, origins }: Service,
  request: Request,
  named?: string,
): Promise<SignedIn | undefined> {
  const accounts = new Map<string, SignedIn>();
  for (const token of sessionCookiesOf(request, origins.isHttps(request))) {
    const admin = await signedInBy(chat, token);
    if (admin && !accounts.has(admin.username)) accounts.set(admin.username, admin);
  }
  if (accounts.size < 2) return accounts.values().next().value;
  const meant = accounts.get(named?.toLowerCase() ?? "");
  if (!meant) throw new NotSignedIn("This browser shows sessions of two accounts. Sign in again");
  return meant;
}

/**
 * The admin who calls, whose account is charged for the call. @throws {NotSignedIn} @throws {RateLimited}
 * @throws {Forbidden} for a page of another origin
 * @throws {OtherAccount} if the caller names another account: all tabs share the cookie, and a tab that was opened for
 *   one account would otherwise write to another one
 */
export async function requireAdmin(service: Service, request: Request): Promise<SignedIn> {
  refuseForeignOrigin(service, request);
  const { chat } = service;
  const bearer = bearerOf(request), meant = accountMeant(request);
  const admin =
    await (bearer === undefined ? signedInByCookie(service, request, meant) : signedInBy(chat, bearer));
  if (!admin) throw new NotSignedIn("Sign in first");
  if (meant !== undefined && meant.toLowerCase() !== admin.username) throw new OtherAccount(meant);
  const wait = chat.meter?.account(admin.username).take(costs.read) ?? 0;
  if (wait > 0) throw new RateLimited(wait, "Too much asked by this account");
  return admin;
}

/**
 * The member as which the caller acts, in the workspace that the call names or in its usual one.
 * @throws what `requireAdmin` throws @throws {NotAllowed}
 */
export async function requireMember(
  service: Service,
  request: Request,
): Promise<{ admin: SignedIn; who: AdminWho }> {
  const admin = await requireAdmin(service, request);
  const who = await actIn(service.chat, admin, workspaceMeant(request));
  return { admin, who };
}

const workspaceMeant = (request: Request): string | undefined =>
  request.headers.get(workspaceHeader) ?? URL.parse(request.url)?.searchParams.get("workspace") ?? undefined;

/** The account that a call names. Programs and older clients name none. */
function accountMeant(request: Request): string | undefined {
  return request.headers.get(accountHeader) ?? URL.parse(request.url)?.searchParams.get("account") ??
    undefined;
}

/** Refuses a request of a page of another origin, or one that appears to be. @throws {Forbidden} that says what to set */
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

/** A response that sets or removes the browser's session. `beside`: further values of Set-Cookie. */
export function withSessionCookie(
  { origins }: Service,
  request: Request,
  answer: Response,
  { token, seconds, beside = [] }: { token: string; seconds: number; beside?: string[] } = {
    token: "",
    seconds: 0,
  },
): Response {
  const { hostname, protocol } = new URL(origins.own(request));
  const [first, ...others] = setSessionCookie(token, seconds, { isHttps: protocol === "https:", hostname });
  for (const value of [first!, ...beside, ...others]) answer.headers.append("set-cookie", value);
  return answer;
}

import { bearerPrefix, subprotocol } from "../../protocol/limits.ts";
import { hasHostCookie } from "../../chat/tokens.ts";

const plainSessionCookie = "parlor_session";
/** Browsers accept a cookie of this prefix from the host itself only, over https, for all paths: siblings cannot set it. */
const hostSessionCookie = `__Host-${plainSessionCookie}`;

/** Cookies of one name that are read: an attacker who sets more has filled the browser's own limit. */
const mostOfOneName = 50;

/** The values of the cookies of one name: siblings can add theirs, for a narrower path or a wider domain. */
export function cookiesOf(request: Request, name: string): string[] {
  const pairs = request.headers.get("cookie")?.split(";") ?? [];
  const values = pairs.flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
  return [...new Set(values)].slice(0, mostOfOneName);
}

/**
 * Candidates for the caller's session token. On https the values under the prefixed name; without one, the plain cookie of
 * a session from before there was a prefix, or of a program, which has no sibling sites.
 */
export function sessionCookiesOf(request: Request, isHttps: boolean): string[] {
  const plain = cookiesOf(request, plainSessionCookie);
  if (!isHttps) return plain;
  const prefixed = cookiesOf(request, hostSessionCookie);
  if (prefixed.length > 0) return prefixed;
  const isBrowser = ["sec-fetch-site", "sec-fetch-mode", "origin"].some((name) => request.headers.has(name));
  return isBrowser ? plain.filter((token) => !hasHostCookie(token)) : plain;
}

/** The token of `Authorization: Bearer`. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/**
 * What a socket's client offers as subprotocols: whether it speaks `parlor.v1`, and the token in
 * `bearer.<token>`. The response names `parlor.v1` alone, never the token.
 */
export function offerOf(request: Request): { v1: boolean; bearer?: string } {
  const offered = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((one) => one.trim());
  const bearer = offered.find((one) => one.startsWith(bearerPrefix))?.slice(bearerPrefix.length);
  return { v1: offered.includes(subprotocol), bearer };
}

/** Paths at which a planted cookie of the same name would precede the session's own. */
const narrowerPaths = [
  "/accounts",
  "/accounts/api",
  "/messages",
  "/messages/api",
  "/chatbot/api",
  "/ws",
  "/ws/room",
];

/**
 * Sets the session cookie, `maxAge` in seconds, 0 to remove it; removes the plain name where there is a prefixed one, and
 * cookies that a sibling has planted for narrower paths. Values of Set-Cookie.
 */
export function setSessionCookie(
  token: string,
  maxAge: number,
  { isHttps, hostname }: { isHttps: boolean; hostname: string },
): string[] {
  const end = isHttps ? "; Secure" : "";
  const set = (name: string, value: string, age: number, where: string) =>
    `${name}=${value}; HttpOnly; SameSite=Lax; ${where}; Max-Age=${age}${end}`;
  const gone = ["", ...parentsOf(hostname).map((domain) => `Domain=${domain}; `)].flatMap((domain) => {
    const isOwnPlace = domain === "" && !isHttps;
    return [...(isOwnPlace ? [] : ["/"]), ...narrowerPaths].map((path) =>
      set(plainSessionCookie, "", 0, `${domain}Path=${path}`)
    );
  });
  return [set(isHttps ? hostSessionCookie : plainSessionCookie, token, maxAge, "Path=/"), ...gone];
}

/** The parent domains for which a cookie may be set; at most two, since each adds to a header. */
function parentsOf(hostname: string): string[] {
  if (/^[\d.]+$|^\[/.test(hostname)) return [];
  const labels = hostname.split(".");
  return labels.slice(1, -1).map((_, i) => labels.slice(i + 1).join(".")).slice(-2);
}

/** Name of the cookie of a browser that has signed in to an account before. */
export const deviceCookie = "parlor_device";

/** Sets it for the account paths only; `maxAge` in seconds. */
export function setDeviceCookie(token: string, maxAge: number, isHttps: boolean): string {
  const secure = isHttps ? "; Secure" : "";
  return `${deviceCookie}=${token}; HttpOnly; SameSite=Strict; Path=/accounts/api; Max-Age=${maxAge}${secure}`;
}

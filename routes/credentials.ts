import { bearerPrefix, subprotocol } from "../protocol/limits.ts";

export const sessionCookie = "parlor_session";

/** The value of one cookie of a request. */
export function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of request.headers.get("cookie")?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** The token of `Authorization: Bearer`. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/**
 * What a socket's client offers as subprotocols: whether it speaks `parlor.v1`, and the token it shows by
 * `bearer.<token>`. The answer names `parlor.v1` alone, never the token.
 */
export function offerOf(request: Request): { v1: boolean; bearer?: string } {
  const offered = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((one) => one.trim());
  const bearer = offered.find((one) => one.startsWith(bearerPrefix))?.slice(bearerPrefix.length);
  return { v1: offered.includes(subprotocol), bearer };
}

/** Sets the session cookie; `maxAge` in seconds, 0 to take it away. */
export function setSessionCookie(token: string, maxAge: number, isHttps: boolean): string {
  const secure = isHttps ? "; Secure" : "";
  return `${sessionCookie}=${token}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${maxAge}${secure}`;
}

/** Tells a browser that has signed in to an account before. */
export const deviceCookie = "parlor_device";

/** Sets it for the account paths alone; `maxAge` in seconds. */
export function setDeviceCookie(token: string, maxAge: number, isHttps: boolean): string {
  const secure = isHttps ? "; Secure" : "";
  return `${deviceCookie}=${token}; HttpOnly; SameSite=Strict; Path=/accounts/api; Max-Age=${maxAge}${secure}`;
}

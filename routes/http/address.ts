import { addressKey } from "../../chat/limits/limiters.ts";

/**
 * The address that limits are counted by: the peer's, or behind a trusted proxy the last of `X-Forwarded-For`
 * (written by the proxy itself; those before it are claims of the client).
 */
export function addressOf(request: Request, remoteAddress: string | undefined, trustProxy: boolean): string {
  const forwarded = trustProxy
    ? request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim()
    : undefined;
  return addressKey(withoutPort(forwarded || remoteAddress || "unknown"));
}

/** Some proxies append the client's port, as `203.0.113.7:4711` or `[2001:db8::1]:4711`, which differs per connection. */
function withoutPort(address: string): string {
  const [, inBrackets, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/.exec(address) ?? [];
  return inBrackets ?? plain ?? address;
}

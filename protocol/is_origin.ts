export const maxOriginLength = 300;

/**
 * Scheme, host and port by characters. A URL parser alone accepts `*`, `;`, `,` and `'` in a host: in a header they are
 * wildcards and further directives. A policy cannot name a host with a trailing dot.
 */
const origin = /^https?:\/\/([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:[1-9]\d{0,4})?$/;

/** Whether it is an origin exactly as a browser writes it. Without zod, which the start does not load. */
export function isOrigin(text: string): boolean {
  return text.length <= maxOriginLength && origin.test(text) && URL.parse(text)?.origin === text;
}

/** The origin of an https address without a user, if a policy can name it. */
export function httpsOrigin(address: string): string | undefined {
  const url = URL.parse(address);
  const isPlain = url?.protocol === "https:" && url.username === "" && url.password === "";
  return isPlain && isOrigin(url.origin) ? url.origin : undefined;
}

/**
 * The address of a page as it may be kept: of the web, without credentials and fragment, which are where tokens stand,
 * and with its query only where the admin asks for it. Nothing for what is no such address.
 */
export function keptAddress(text: string | undefined, { query }: { query: boolean }): string | undefined {
  const url = URL.parse(text ?? "");
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.origin + url.pathname + (query ? url.search : "");
}

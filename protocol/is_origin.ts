export const maxOriginLength = 300;

/** Whether it is an origin exactly as a browser writes it. Without zod, which a start does not wait for. */
export function isOrigin(text: string): boolean {
  const url = text.length <= maxOriginLength ? URL.parse(text) : null;
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.origin === text;
}

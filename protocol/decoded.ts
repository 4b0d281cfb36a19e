/** Decodes a part of a path; undefined for invalid percent-encoding. */
export function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

import type { Proof } from "../../protocol/requests.ts";

/** Hashes begun at once: the browser does them beside the page. */
const batch = 256;
/** Answers of hashes come before all else that the page has to do, so it is let to that every so often. Milliseconds. */
const sliceMs = 12;

/**
 * Finds a nonce with which SHA-256 of `token.nonce` begins with so many zero bits: some 2^bits tries. The page stays
 * alive meanwhile; `tell` is called now and then with the part that is likely done, 0 to 1.
 */
export async function solve(
  { token, bits }: { token: string; bits: number },
  tell?: (done: number) => void,
): Promise<Proof> {
  const encoder = new TextEncoder();
  let since = performance.now();
  for (let from = 0;; from += batch) {
    // Timers of a page that nobody sees are slow, and nobody waits for it.
    if (performance.now() - since > sliceMs && globalThis.document?.hidden === false) {
      await new Promise((rested) => setTimeout(rested));
      since = performance.now();
    }
    tell?.(1 - Math.exp(-from / 2 ** bits));
    const nonces = Array.from({ length: batch }, (_, i) => (from + i).toString(36));
    const hashes = await Promise.all(
      nonces.map((nonce) => crypto.subtle.digest("SHA-256", encoder.encode(`${token}.${nonce}`))),
    );
    const at = hashes.findIndex((hash) => new DataView(hash).getUint32(0) >>> (32 - bits) === 0);
    if (at >= 0) return { token, nonce: nonces[at]! };
  }
}

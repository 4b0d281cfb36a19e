import type { Proof } from "../../protocol/requests.ts";

/** Concurrent hashes: the browser computes them off the main thread. */
const batch = 256;
/** Hash results take precedence over all other events, so the page gets a turn this often. Milliseconds. */
const sliceMs = 12;

/**
 * Finds a nonce with which SHA-256 of `token.nonce` begins with so many zero bits: some 2^bits attempts. The page stays
 * responsive; `tell` is called with the probable progress, 0 to 1.
 */
export async function solve(
  { token, bits }: { token: string; bits: number },
  tell?: (done: number) => void,
): Promise<Proof> {
  const encoder = new TextEncoder();
  let since = performance.now();
  for (let from = 0;; from += batch) {
    // Timers of a hidden page are slow, and nobody watches it.
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

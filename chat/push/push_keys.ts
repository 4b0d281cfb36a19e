import type { Store } from "../../db/store.ts";

/** The pair of keys by which push services know this service: base64url, the public one as a point of P-256. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** The keys that were made once and are kept in the store: of instances that make them at once, the first one's. */
export async function pushKeys(store: Store): Promise<PushKeys> {
  const kept = await store.kept("push_keys") ??
    await store.keep("push_keys", JSON.stringify(await makeKeys()));
  return JSON.parse(kept);
}

async function makeKeys(): Promise<PushKeys> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const { d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  return { publicKey: point.toBase64({ alphabet: "base64url", omitPadding: true }), privateKey: d! };
}

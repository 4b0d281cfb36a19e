import type { Store } from "../../db/store.ts";

/** The VAPID key pair: base64url, the public key as a point of P-256. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** The keys in the store, created once: if instances create them at once, the first one's are used. */
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

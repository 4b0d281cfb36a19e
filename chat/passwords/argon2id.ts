import type { Argon2idParameters } from "./phc.ts";

/** The hash function, off the event loop. */
export interface Argon2id {
  hash(password: string, parameters: Argon2idParameters): Promise<Uint8Array>;
  close(): void;
}

/** The runtime's own Argon2id where it has one, else the one in WebAssembly in a Worker. */
export async function openArgon2id(): Promise<Argon2id> {
  const own = { hash: nativeHash, close: () => {} };
  const smallest = { memory: 8, passes: 1, lanes: 1, salt: new Uint8Array(16), length: 32 };
  // SubtleCrypto.supports reports false although it exists, so it is tried: 0.3 ms with the smallest parameters.
  return await own.hash("", smallest).then(() => own, () => openWasmArgon2id());
}

async function nativeHash(password: string, parameters: Argon2idParameters): Promise<Uint8Array> {
  const { memory, passes, lanes, salt, length } = parameters;
  const bytes = new TextEncoder().encode(password);
  // The types lack this import format and the algorithm's parameters.
  const key = await crypto.subtle.importKey("raw-secret" as "raw", bytes, "Argon2id", false, ["deriveBits"]);
  const algorithm = { name: "Argon2id", nonce: salt, parallelism: lanes, memory, passes, version: 0x13 };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, length * 8));
}

/** Argon2id in a Worker that starts with the first hash: on the event loop it would block for 80 ms. */
export function openWasmArgon2id(): Argon2id {
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let worker: Worker | undefined, asked = 0;

  function start(): Worker {
    const started = new Worker(new URL("./argon2id_worker.ts", import.meta.url), {
      type: "module",
      deno: { permissions: "none" },
    });
    started.onmessage = ({ data: { id, hash, problem } }) => {
      if (hash) waiting.get(id)?.resolve(hash);
      else waiting.get(id)?.reject(new Error(problem));
      waiting.delete(id);
    };
    started.onerror = (event) => {
      event.preventDefault();
      giveUp(event.message);
    };
    return started;
  }

  function giveUp(reason: string) {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  }

  return {
    hash(password, parameters) {
      const answer = Promise.withResolvers<Uint8Array>();
      waiting.set(++asked, answer);
      worker ??= start();
      worker.postMessage({ id: asked, password, parameters });
      return answer.promise;
    },
    close: () => giveUp("Password hashing has ended"),
  };
}

import type { Attempt } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/** The message stored for a client id or an attempt id, with an expiry. */
export interface Sent {
  seq: number;
  /** Milliseconds since 1970. Checked by the reader: the engine deletes expired entries with a delay. */
  expires: number;
}

/** The key under which a retry of this write finds its message. */
export function sentKey(room: string, { write, attempt }: Attempt): Deno.KvKey | undefined {
  if (!("draft" in write)) return undefined;
  if (attempt !== null) return keys.attempt(room, attempt);
  return keys.sent(room, write.draft.client_id!, write.draft.side);
}

/** The same key in the layout of earlier versions. */
function formerKey(room: string, { write, attempt }: Attempt): Deno.KvKey | undefined {
  if (!("draft" in write) || attempt !== null) return undefined;
  return keys.sentByEither(room, write.draft.client_id!);
}

/** Messages already stored for the drafts of a batch, by the key of each draft. */
export class KnownMessages {
  #byKey = new Map<string, StoredMessage>();

  /** `checks`: the entries as read, for the commit. */
  private constructor(readonly checks: Deno.AtomicCheck[]) {}

  static async find(
    engine: Engine,
    { room, batch, now }: { room: string; batch: Attempt[]; now: number },
  ): Promise<KnownMessages> {
    const asked = new Map<string, Deno.KvKey>();
    for (const one of batch) {
      const key = one.attempt === null || one.again ? sentKey(room, one) : undefined;
      const former = formerKey(room, one);
      for (const one of [key, former]) if (one) asked.set(nameOf(one), one);
    }
    const found = await engine.getMany<Sent>([...asked.values()]);
    const alive = found.filter(({ value }) => value && value.expires > now);
    const messages = await engine.getMany<StoredMessage>(
      alive.map(({ value }) => keys.message(room, value!.seq)),
    );
    const known = new KnownMessages(found);
    alive.forEach(({ key }, i) => {
      const stored = messages[i]?.value;
      if (!stored) return;
      // An entry in the old layout also belongs only to the side that wrote the message.
      known.add(stored.client_id == null ? key : keys.sent(room, stored.client_id, stored.side), stored);
    });
    return known;
  }

  static none(): KnownMessages {
    return new KnownMessages([]);
  }

  get(key: Deno.KvKey): StoredMessage | undefined {
    return this.#byKey.get(nameOf(key));
  }

  add(key: Deno.KvKey, stored: StoredMessage): void {
    this.#byKey.set(nameOf(key), stored);
  }
}

const nameOf = (key: Deno.KvKey) => JSON.stringify(key);

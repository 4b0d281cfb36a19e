import type { PushSubscription } from "../../protocol/portal.ts";
import type { PushAddress } from "../../db/push_store.ts";
import type { RoomRecord, Store } from "../../db/store.ts";
import { InvalidInput } from "../errors.ts";
import { openLimiter } from "../limits/limiters.ts";
import { type PushKeys, pushKeys } from "./push_keys.ts";

/** Wakes an admin's browsers when its portal is closed. */
export interface Push {
  /** Makes the service's keys, if no instance has. Never fails: if they cannot be kept now, the next use makes them. */
  makeKeys(): Promise<void>;
  /** What a browser subscribes with. */
  publicKey(): Promise<string>;
  /** Keeps a browser's address. @throws {InvalidInput} if it is of no push service that is known here */
  subscribe(username: string, subscription: PushSubscription, at: number): Promise<void>;
  /** A visitor wrote. Never fails: who cannot be woken sees it in the portal. */
  wake(room: RoomRecord, content: string): Promise<void>;
}

interface Surroundings {
  store: Store;
  /** Whom a push service may turn to: an address as https:// or mailto:. */
  contact: string;
  onFault(error: unknown): void;
  /** Whether an address may be sent to. */
  allows?: (endpoint: string) => boolean;
  /** How requests leave; in tests to a service of their own. */
  client?: Deno.HttpClient;
}

/** Of a room and of an admin: somebody who writes twenty lines wakes once. */
const perRoom = { count: 1, seconds: 20 }, perAdmin = { count: 20, seconds: 60 };
const keepForSeconds = 86_400, answerMs = 10_000;
/** Characters of a message that a notification shows. */
const previewLength = 140;

export function openPush(
  { store, contact, onFault, allows = isPushService, client }: Surroundings,
): Push {
  const rooms = openLimiter(perRoom), admins = openLimiter(perAdmin);
  let keys: Promise<PushKeys> | undefined;
  const ownKeys = () =>
    keys ??= pushKeys(store).catch((error) => {
      keys = undefined;
      throw error;
    });

  async function send(address: PushAddress, data: Record<string, string>, topic: string): Promise<void> {
    // Imported when somebody is woken for the first time: most services never do.
    const { buildPushPayload } = await import("@block65/webcrypto-web-push");
    const { endpoint, p256dh, auth, username } = address;
    const request = await buildPushPayload(
      { data, options: { ttl: keepForSeconds, urgency: "high", topic } },
      { endpoint, expirationTime: null, keys: { p256dh, auth } },
      { subject: contact, ...await ownKeys() },
    );
    const within = { signal: AbortSignal.timeout(answerMs), redirect: "error" as const };
    const options = { ...request, ...within, method: "POST", client };
    const response = await fetch(endpoint, options);
    await response.body?.cancel();
    // The browser has withdrawn it.
    if (response.status === 404 || response.status === 410) await store.dropPush(username, endpoint);
    else if (!response.ok) throw new Error(`A push service answered ${response.status}`);
  }

  return {
    async makeKeys() {
      await ownKeys().catch(onFault);
    },
    publicKey: async () => (await ownKeys()).publicKey,
    async subscribe(username, { endpoint, keys }, created) {
      if (!allows(endpoint)) throw new InvalidInput({ endpoint: "is of no push service that is known here" });
      await store.savePush({ username, endpoint, ...keys, created });
    },
    async wake(room, content) {
      try {
        const addresses = await store.pushes(room.admin);
        if (addresses.length === 0 || rooms.take(room.id) > 0 || admins.take(room.admin) > 0) return;
        const data = {
          consumer: room.consumer,
          room: room.id,
          name: room.visitor?.name ?? "",
          text: preview(content),
        };
        const sent = await Promise.allSettled(addresses.map((address) => send(address, data, room.id)));
        for (const one of sent) if (one.status === "rejected") onFault(one.reason);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

function preview(content: string): string {
  const characters = [...content.trim()];
  return characters.length > previewLength
    ? `${characters.slice(0, previewLength - 1).join("")}…`
    : characters.join("");
}

/**
 * The push services of the browsers there are. An address elsewhere is refused: this process would otherwise send
 * requests wherever somebody who is signed in tells it to.
 */
const services = [
  "fcm.googleapis.com",
  "push.services.mozilla.com",
  "push.apple.com",
  "notify.windows.com",
];

/** Whether an endpoint is a browser's push service. */
function isPushService(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  return url?.protocol === "https:" && url.port === "" && url.username === "" &&
    services.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

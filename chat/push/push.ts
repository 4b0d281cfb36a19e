import type { PushSubscription } from "../../protocol/portal.ts";
import type { PushAddress } from "../../db/push_store.ts";
import type { RoomRecord, Store } from "../../db/store.ts";
import { InvalidInput } from "../errors.ts";
import { openLimiter } from "../limits/limiters.ts";
import { type PushKeys, pushKeys } from "./push_keys.ts";

/** Push notifications to an admin's browsers while the portal is closed. */
export interface Push {
  /** Creates the service's VAPID keys unless they exist. Never fails: if they cannot be stored now, the next use retries. */
  makeKeys(): Promise<void>;
  /** The public key that a browser subscribes with. */
  publicKey(): Promise<string>;
  /** Stores a browser's subscription. @throws {InvalidInput} if its endpoint is of no known push service */
  subscribe(username: string, subscription: PushSubscription, at: number): Promise<void>;
  /**
   * Notifies accounts of a text in a room; default: the account of the workspace's name. Never fails: the portal shows the text
   * in any case.
   */
  wake(room: RoomRecord, content: string, to?: Promise<readonly string[]>): Promise<void>;
}

interface Surroundings {
  store: Store;
  /** Contact of the operator for push services: https:// or mailto:. */
  contact: string;
  onFault(error: unknown): void;
  /** Whether requests may be sent to an endpoint. */
  allows?: (endpoint: string) => boolean;
  /** Sends requests; tests replace it to reach a local service. */
  client?: Deno.HttpClient;
}

/** Rate per room and per admin: twenty lines in a row notify once. */
const perRoom = { count: 1, seconds: 20 }, perAdmin = { count: 20, seconds: 60 };
const keepForSeconds = 86_400, answerMs = 10_000;
/** Characters of a message in a notification. */
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
    // Imported for the first notification: most services never send one.
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
    // The browser has unsubscribed.
    if (response.status === 404 || response.status === 410) await store.dropPush(username, endpoint);
    else if (!response.ok) throw new Error(`A push service answered ${response.status}`);
  }

  /** The browsers of an account that may be notified of this room now. */
  async function addressesOf(room: RoomRecord, username: string): Promise<PushAddress[]> {
    const name = `${room.id} ${username}`;
    if (rooms.take(name) > 0) return [];
    const addresses = await store.pushes(username);
    // Who has no browsers yet is not kept waiting once there is one.
    if (addresses.length === 0) rooms.giveBack(name);
    return addresses.length === 0 || admins.take(username) > 0 ? [] : addresses;
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
    async wake(room, content, to = Promise.resolve([room.admin])) {
      try {
        const addresses = (await Promise.all((await to).map((username) => addressesOf(room, username))))
          .flat();
        if (addresses.length === 0) return;
        const data = {
          workspace: room.admin,
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
 * The push services of known browsers. Other endpoints are refused: this process would otherwise send requests to any
 * address that a signed-in user names (server-side request forgery).
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

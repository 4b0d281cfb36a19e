import type { Chat } from "../chat/chat.ts";
import type { Log } from "../chat/log.ts";
import type { Hub } from "../sockets/hub.ts";
import type { MemoryWatch } from "../sockets/memory_watch.ts";
import type { Upgrade } from "../sockets/wire.ts";
import type { AddressCount } from "./address_count.ts";
import type { Origins } from "./origins.ts";

/** What the doors work with. Made once in `main.ts`. */
export interface Service {
  chat: Chat;
  hub: Hub;
  log: Log;
  origins: Origins;
  sockets: AddressCount;
  memory: MemoryWatch;
  /** A fresh allowance of frames for one socket. */
  frameAllowance(): () => boolean;
  /** The address is the last of `X-Forwarded-For`. */
  trustProxy: boolean;
  /** No new sockets any more. */
  draining: boolean;
}

/** What a request brings besides itself: the peer's address, and how it becomes a socket. */
export interface Peer {
  remoteAddress?: string;
  /** Absent where no socket can come of the request. */
  upgrade?: Upgrade;
}

export type Env = { Bindings: Peer; Variables: { service: Service } };

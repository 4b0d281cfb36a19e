import type { Chat } from "../chat/chat.ts";
import type { RecentAppends } from "../db/recent_appends.ts";
import type { Log } from "../chat/monitoring/log.ts";
import type { Metrics } from "../chat/monitoring/metrics.ts";
import type { AroundFrame } from "../sockets/connection.ts";
import type { Hub } from "../sockets/hub.ts";
import type { MemoryWatch } from "../sockets/memory_watch.ts";
import type { Upgrade } from "../sockets/wires/wire.ts";
import type { AddressCount } from "./socket/address_count.ts";
import type { Origins } from "./http/origins.ts";

/** What the doors work with. Made once in `main.ts`. */
export interface Service {
  chat: Chat;
  hub: Hub;
  log: Log;
  origins: Origins;
  sockets: AddressCount;
  metrics: Metrics;
  /** Who knows it may read them from anywhere. */
  metricsToken?: string;
  memory: MemoryWatch;
  /** What became of the latest messages. */
  appends: Pick<RecentAppends, "verdict">;
  /** A fresh allowance of frames for one socket. */
  frameAllowance(): () => boolean;
  /** Looks at each frame that is handled. */
  aroundFrame?: AroundFrame;
  /** The address is the last of `X-Forwarded-For`. */
  trustProxy: boolean;
  /** Parlor's own. */
  version: string;
  /** No new sockets any more. */
  draining: boolean;
  /** Called once: what whoever asks first need not wait for. */
  onFirstAnswer(): void;
}

/** What a request brings besides itself: the peer's address, and how it becomes a socket. */
export interface Peer {
  remoteAddress?: string;
  /** Absent where no socket can come of the request. */
  upgrade?: Upgrade;
}

export type Env = { Bindings: Peer; Variables: { service: Service } };

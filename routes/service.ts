import type { Chat } from "../chat/chat.ts";
import type { RecentAppends } from "../db/recent_appends.ts";
import type { Log } from "../chat/monitoring/log.ts";
import type { Metrics } from "../chat/monitoring/metrics.ts";
import type { AroundFrame } from "../sockets/connection.ts";
import type { MemberFeeds } from "../sockets/channels/member_feeds.ts";
import type { Hub } from "../sockets/hub.ts";
import type { MemoryWatch } from "../sockets/memory_watch.ts";
import type { Upgrade } from "../sockets/wires/wire.ts";
import type { AddressCount } from "./socket/address_count.ts";
import type { Origins } from "./http/origins.ts";

/** What the handlers work with. Built once at start. */
export interface Service {
  chat: Chat;
  hub: Hub;
  /** What members' sockets follow. */
  members: MemberFeeds;
  log: Log;
  origins: Origins;
  sockets: AddressCount;
  metrics: Metrics;
  /** Its holder may read the metrics from anywhere. */
  metricsToken?: string;
  memory: MemoryWatch;
  /** Results of the latest writes. */
  appends: Pick<RecentAppends, "verdict">;
  /** A fresh frame allowance for one socket. */
  frameAllowance(): () => boolean;
  /** Wraps the handling of each frame. */
  aroundFrame?: AroundFrame;
  /** The client's address is the last of `X-Forwarded-For`. */
  trustProxy: boolean;
  /** Parlor's version. */
  version: string;
  /** No new sockets any more. */
  draining: boolean;
  /** Called once, after the first response: for work that it must not wait for. */
  onFirstAnswer(): void;
}

/** What comes with a request: the peer's address, and its upgrade to a socket. */
export interface Peer {
  remoteAddress?: string;
  /** Absent where the request cannot be upgraded. */
  upgrade?: Upgrade;
}

export type Env = { Bindings: Peer; Variables: { service: Service } };

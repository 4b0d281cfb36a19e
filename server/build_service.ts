import type { Audience } from "../chat/audience.ts";
import type { Chat } from "../chat/chat.ts";
import { Bucket, openLimiters } from "../chat/limits/limiters.ts";
import { Meter } from "../chat/limits/meter.ts";
import { openProofOfWork } from "../chat/limits/proof_of_work.ts";
import { openQuotas } from "../chat/limits/quotas.ts";
import { Usage } from "../chat/limits/usage.ts";
import { faultFields, type Log } from "../chat/monitoring/log.ts";
import type { Metrics } from "../chat/monitoring/metrics.ts";
import { openPasswords } from "../chat/passwords/passwords.ts";
import { EpisodeFollower } from "../chat/reports/episode_follower.ts";
import { openPush } from "../chat/push/push.ts";
import { openTokens } from "../chat/tokens.ts";
import { RecentAppends } from "../db/recent_appends.ts";
import { secretOf } from "../db/secret.ts";
import type { Store } from "../db/store.ts";
import { Origins } from "../routes/http/origins.ts";
import type { Service } from "../routes/service.ts";
import { AddressCount } from "../routes/socket/address_count.ts";
import { openMemberFeeds } from "../sockets/channels/member_feeds.ts";
import { frameSpans } from "../sockets/frame_spans.ts";
import type { Hub } from "../sockets/hub.ts";
import { MemoryWatch } from "../sockets/memory_watch.ts";
import type { Config } from "./config.ts";
import { LazyBot } from "./lazy_bot.ts";
import { LazyDesk } from "./lazy_desk.ts";
import { LoopLag } from "./loop_lag.ts";
import { version } from "./version.ts";

/** Difficulty of the proof of work at sign-in. A second of a browser's work: four times what a password hash costs here. */
const loginBits = 18;

interface Parts {
  config: Config;
  log: Log;
  metrics: Metrics;
  store: Store;
  hub: Hub;
  audience: Audience;
  /** Called when the process uses more memory than its limit. */
  onExhausted(): void;
}

/** A service and what it runs in the background. */
export interface BuiltService {
  service: Service;
  /** Stops timers and takes no new work. */
  stopBackground(): void;
  /** Resolves when the bot has ended what it was doing. */
  turnsSettled(): Promise<void>;
  /** Resolves when the push keys are written, if they were being made. */
  pushKeysSettled(): Promise<void>;
  /** Resolves when no episode is being written. */
  episodesSettled(): Promise<void>;
  /** Ends the threads that hash passwords. */
  close(): void;
}

/** Builds what routes and sockets work with, on an open store. Nothing listens yet. */
export async function buildService(parts: Parts): Promise<BuiltService> {
  const { config, log, metrics, store, hub } = parts;
  const { socketsPerAddress, framesPerSocket, stored, ...rates } = config.limits;
  const appends = new RecentAppends();
  appends.watch(store);
  const passwords = await openPasswords();
  const memory = watchMemory(parts);
  const tokens = await openTokens(
    config.secret ?? await secretOf(config.databaseUrl, store),
    config.previousSecret,
  );
  const push = openPush({
    store,
    contact: config.publicUrl?.startsWith("https:") ? config.publicUrl : "mailto:nobody@localhost",
    onFault: (error) => log.warn("push_failed", faultFields(error)),
  });
  let pushKeys: Promise<void> = Promise.resolve();
  const meter = new Meter(rates);
  const usage = new Usage(store, stored, (error) => log.warn("usage_failed", faultFields(error)));
  const lag = new LoopLag((seconds, elapsedMs) => {
    metrics.loopLagSeconds.observe(seconds);
    meter.elapse(elapsedMs, seconds * 1_000);
  });
  const episodes = new EpisodeFollower({ store }, (error) => log.warn("episode_failed", faultFields(error)));
  const proofOfWork = (bits: number) =>
    openProofOfWork(bits, tokens, Date.now, (jti, until) => store.spend(jti, until, Date.now()));
  const chat: Chat = {
    ...{ store, audience: episodes.listeningTo(parts.audience), passwords, tokens, metrics, meter, push },
    challenges: config.challengeBits === undefined ? undefined : proofOfWork(config.challengeBits),
    loginChallenges: proofOfWork(Math.max(loginBits, config.challengeBits ?? 0)),
    limiters: openLimiters(rates),
    quotas: { ...openQuotas(rates), usage },
    signupOpen: config.signupOpen,
    now: () => Date.now(),
  };
  const members = openMemberFeeds(chat, hub, (error) => log.warn("feed_failed", faultFields(error)));
  const service: Service = {
    ...{ chat, members, hub, log, memory, appends, metrics, version },
    origins: new Origins(config),
    sockets: new AddressCount(socketsPerAddress),
    metricsToken: config.metricsToken,
    aroundFrame: config.isTraced ? frameSpans() : undefined,
    frameAllowance: () => {
      const bucket = new Bucket(framesPerSocket);
      return () => bucket.take() === 0;
    },
    trustProxy: config.trustProxy,
    draining: false,
    // The runtime's first timer takes milliseconds, and so do keys: the start waits for neither.
    onFirstAnswer() {
      lag.start();
      // Not before the answer is sent.
      pushKeys = new Promise((resolve) => setTimeout(resolve)).then(() => push.makeKeys());
    },
  };
  const desk = new LazyDesk({
    chat: service.chat,
    workspaces: () => hub.workspaces(),
    onFault: (error) => log.warn("desk_failed", faultFields(error)),
  });
  service.chat.desk = desk;
  const bot = new LazyBot({
    chat: service.chat,
    instance: crypto.randomUUID(),
    ...{ llm: config.llm, log },
    onFault: (error) => log.warn("bot_failed", faultFields(error)),
  });
  service.chat.bot = bot;
  episodes.isUrgent = (workspace) => desk.hasTargets(workspace);
  episodes.onCounted = (key, newest) => desk.counted(key, newest);
  service.chat.onMemberRemoved = (workspace, agent) => desk.memberRemoved(workspace, agent);
  service.chat.onRoomMoved = (from, to) => desk.roomMoved(from, to);
  hub.onAgent = (workspace) => desk.nudge(workspace);
  return {
    service,
    stopBackground() {
      service.draining = true;
      memory.close();
      lag.close();
      desk.stop();
      usage.close();
      members.close();
    },
    turnsSettled: () => bot.stop(),
    pushKeysSettled: () => pushKeys,
    episodesSettled: () => episodes.close(),
    close: () => passwords.close(),
  };
}

function watchMemory({ config, log, onExhausted }: Parts): MemoryWatch {
  return new MemoryWatch({
    limit: config.memoryLimitMb * 2 ** 20,
    onExhausted(bytes) {
      log.error("memory_exhausted", { mb: Math.round(bytes / 2 ** 20), limit_mb: config.memoryLimitMb });
      onExhausted();
    },
  });
}

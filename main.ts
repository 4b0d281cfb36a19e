import { type Config, ConfigError, configHelp, readConfig, variableNames } from "./server/config.ts";
import { Bucket, openLimiters } from "./chat/limits/limiters.ts";
import { faultFields, type Log, openLog } from "./chat/monitoring/log.ts";
import { Meter } from "./chat/limits/meter.ts";
import { Metrics } from "./chat/monitoring/metrics.ts";
import { openPasswords } from "./chat/passwords/passwords.ts";
import { openPush } from "./chat/push/push.ts";
import { openProofOfWork } from "./chat/limits/proof_of_work.ts";
import { openQuotas } from "./chat/limits/quotas.ts";
import { openTokens } from "./chat/tokens.ts";
import { Usage } from "./chat/limits/usage.ts";
import { type BusOptions, openBus } from "./db/bus.ts";
import { CannotOpen } from "./db/errors.ts";
import { openStore } from "./db/open.ts";
import { RecentAppends } from "./db/recent_appends.ts";
import { secretOf } from "./db/secret.ts";
import { AddressCount } from "./routes/socket/address_count.ts";
import { createHandler } from "./routes/app.ts";
import { Origins } from "./routes/http/origins.ts";
import type { Service } from "./routes/service.ts";
import { addressOf, CannotListen, serve } from "./server/serve.ts";
import { version } from "./server/version.ts";
import { watchEndedSessions } from "./sockets/instances/ended_sessions.ts";
import { frameSpans } from "./sockets/frame_spans.ts";
import { Hub } from "./sockets/hub.ts";
import type { Instances } from "./sockets/instances/instances.ts";
import { LoopLag } from "./server/loop_lag.ts";
import { MemoryWatch } from "./sockets/memory_watch.ts";

/** How long a stop waits for the last writes, and then for peers to take their leave. Milliseconds. */
const flushMs = 500, leaveMs = 1_500;
/** By then the process has ended, whatever it waits for: what was acknowledged is kept already. Milliseconds. */
const longestStopMs = 3_800;

/** A second of a browser's work: four times what a password costs here. */
const loginBits = 18;

export interface Running {
  /** Where a browser on this machine finds it, as `http://host:port`. */
  address: string;
  service: Service;
  /** Drains: no new sockets, commits flushed, sockets closed with 1012. Ends within 4 s whatever peers do. */
  stop(): Promise<void>;
  /** Called when the process has more memory than it may, and should make room for a new one. */
  onExhausted: () => void;
}

/** What a supervisor may take as "start me again". */
const exhaustedExit = 75;

/** Puts the house together and opens its doors. @throws {CannotOpen} */
export async function startService(
  config: Config,
  log: Log = openLog(config.logLevel),
  busOptions: Pick<BusOptions, "pollsOnly"> = {},
): Promise<Running> {
  const metrics = new Metrics();
  const shared = {
    instance: crypto.randomUUID(),
    onTrouble: (what: string, error: unknown) => log.warn("store_trouble", { what, ...faultFields(error) }),
  };
  const store = await openStore(config.databaseUrl, {
    ...shared,
    onNewEpoch() {
      log.warn("new_epoch");
      hub.reload();
    },
    onCommit(writes, seconds) {
      metrics.commitWrites.observe(writes);
      metrics.commitSeconds.observe(seconds);
    },
  });
  const appends = new RecentAppends();
  appends.watch(store);
  const hub = new Hub(store, log, metrics.fanOutSeconds);
  const bus = await openBus(config.databaseUrl, { ...shared, ...busOptions });
  const instances = bus && await openInstances({ hub, bus, log });
  const sessions = instances ? undefined : watchEndedSessions(hub, store, log);
  const { socketsPerAddress, framesPerSocket, stored, ...rates } = config.limits;
  const passwords = await openPasswords();
  const memory = new MemoryWatch({
    limit: config.memoryLimitMb * 2 ** 20,
    onExhausted(bytes) {
      log.error("memory_exhausted", { mb: Math.round(bytes / 2 ** 20), limit_mb: config.memoryLimitMb });
      running.onExhausted();
    },
  });
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
  const proofOfWork = (bits: number) =>
    openProofOfWork(bits, tokens, Date.now, (jti, until) => store.spend(jti, until, Date.now()));
  const service: Service = {
    chat: {
      store,
      audience: instances ?? hub,
      passwords,
      tokens,
      metrics,
      challenges: config.challengeBits === undefined ? undefined : proofOfWork(config.challengeBits),
      loginChallenges: proofOfWork(Math.max(loginBits, config.challengeBits ?? 0)),
      limiters: openLimiters(rates),
      quotas: { ...openQuotas(rates), usage },
      meter,
      push,
      signupOpen: config.signupOpen,
      now: () => Date.now(),
    },
    hub,
    log,
    origins: new Origins(config),
    sockets: new AddressCount(socketsPerAddress),
    memory,
    appends,
    metrics,
    metricsToken: config.metricsToken,
    aroundFrame: config.isTraced ? frameSpans() : undefined,
    frameAllowance: () => {
      const bucket = new Bucket(framesPerSocket);
      return () => bucket.take() === 0;
    },
    trustProxy: config.trustProxy,
    draining: false,
    version,
    // The runtime's first timer takes milliseconds, and so do keys: no start need wait for either.
    onFirstAnswer() {
      lag.start();
      // Not before the answer is out.
      pushKeys = new Promise((resolve) => setTimeout(resolve)).then(() => push.makeKeys());
    },
  };
  readGauges(metrics, service);
  await instances?.listen(service.chat);
  const server = await serve(config, createHandler(service));
  async function stop() {
    service.draining = true;
    memory.close();
    lag.close();
    usage.close();
    await within(flushMs, store.ready());
    // The server's own shutdown closes sockets with 1001 at once, so ours go first.
    await within(leaveMs, hub.drain());
    hub.close();
    await within(leaveMs, server.stop());
    sessions?.stop();
    await within(flushMs, instances?.close() ?? Promise.resolve());
    await within(flushMs, pushKeys);
    await store.close();
    passwords.close();
  }
  let stopping: Promise<void> | undefined;
  const running: Running = {
    address: addressOf(server),
    service,
    // A terminal's Ctrl-C often comes twice, and must not cut short what the first began.
    stop: () => stopping ??= stop(),
    onExhausted: () => {},
  };
  return running;
}

/** What is read when somebody asks, rather than counted. */
function readGauges(metrics: Metrics, { hub, chat, sockets }: Service): void {
  metrics.gauge("parlor_sockets", "Open sockets, by who they are", () => hub.listeners.sizes(), "kind");
  metrics.gauge("parlor_addresses", "Addresses with an open socket", () => sockets.size);
  metrics.gauge(
    "parlor_socket_connections",
    "Connections that sockets hold: open, or closed by us while the peer keeps them",
    () => sockets.connections,
    "state",
  );
  metrics.gauge(
    "parlor_meter_share",
    "Part of its allowance of work that each payer gets now",
    () => chat.meter?.shares(),
    "payer",
  );
  metrics.gauge("parlor_memory_bytes", "Memory of the process", () => {
    const { rss, heapUsed } = Deno.memoryUsage();
    return { resident: rss, heap: heapUsed };
  }, "kind");
  metrics.gauge(
    "parlor_database_bytes",
    "Size of the data on disk",
    () => chat.store.size?.().catch(() => undefined),
  );
  const startedAt = Date.now() / 1_000;
  metrics.gauge("parlor_start_time_seconds", "When this process started, since 1970", () => startedAt);
}

/** Its code is loaded where there is a bus; as a literal it would be read at every start all the same. */
async function openInstances(around: ConstructorParameters<typeof Instances>[0]): Promise<Instances> {
  const file: typeof import("./sockets/instances/instances.ts") = await import(
    import.meta.resolve("./sockets/instances/instances.ts")
  );
  return new file.Instances(around);
}

/** Waits for `work`, but no longer than `ms`; its failure is the store's to tell. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(resolve, ms));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

/** A fault nobody caught must not end everybody's conversations. */
export function guardProcess(log: Log): void {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error("unhandled_rejection", faultFields(event.reason));
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    log.error("unhandled_error", faultFields(event.error));
  });
}

/** The whole environment where that is allowed, so that a misspelt variable is seen; else each known one by its name. */
function readEnvironment(): Record<string, string | undefined> {
  try {
    return Deno.env.toObject();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return Object.fromEntries(variableNames.map((name) => [name, Deno.env.get(name)]));
  }
}

/** What the service knows by now need not be read again, by whatever else gets to run in this process. */
function giveUpSecrets(): void {
  for (const variable of ["PARLOR_SECRET", "PARLOR_SECRET_PREVIOUS", "METRICS_TOKEN", "DATABASE_URL"]) {
    Deno.permissions.revokeSync({ name: "env", variable });
  }
}

/** Errors at start that are the starter's to mend. */
const canBeMended = [ConfigError, CannotOpen, CannotListen, Deno.errors.NotCapable];

export async function main() {
  if (Deno.args.includes("--version")) return console.log(`Parlor ${version}`);
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) return console.log(configHelp());
  try {
    const config = readConfig(readEnvironment());
    giveUpSecrets();
    const log = openLog(config.logLevel);
    guardProcess(log);
    const running = await startService(config, log);
    const at = config.publicUrl?.replace(/\/$/, "") ?? running.address;
    const data = config.databaseUrl.replace(/[?#].*$/s, "").replace(/\/\/.*@/s, "//");
    console.log(
      `Parlor ${version}: portal ${at}/messages · test page ${at}/chatbot/NAME/1234 · data ${data} · WIRE=${config.wire}`,
    );
    const stop = (code: number) => {
      setTimeout(() => Deno.exit(code), longestStopMs);
      void running.stop().finally(() => Deno.exit(code));
    };
    running.onExhausted = () => stop(exhaustedExit);
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop(0));
  } catch (error) {
    // What the person who starts it can mend is said in a line; anything else keeps its stack.
    // Thrown on, it would be one more fault that ends nobody's conversations: the guard would keep it from ending this.
    console.error(canBeMended.some((kind) => error instanceof kind) ? (error as Error).message : error);
    Deno.exit(1);
  }
}

if (import.meta.main) await main();

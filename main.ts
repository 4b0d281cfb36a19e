import { faultFields, type Log, openLog } from "./chat/monitoring/log.ts";
import { Metrics } from "./chat/monitoring/metrics.ts";
import type { BusOptions } from "./db/bus.ts";
import { openBus } from "./db/open_bus.ts";
import { CannotOpen } from "./db/errors.ts";
import { openStore } from "./db/open.ts";
import { createHandler } from "./routes/app.ts";
import type { Service } from "./routes/service.ts";
import { buildService } from "./server/build_service.ts";
import { type Config, ConfigError, configHelp, readConfig } from "./server/config.ts";
import { drain } from "./server/drain.ts";
import { registerGauges } from "./server/gauges.ts";
import { guardProcess, readEnvironment, revokeSecrets } from "./server/process_guard.ts";
import { addressOf, CannotListen, serve } from "./server/serve.ts";
import { version } from "./server/version.ts";
import { Hub } from "./sockets/hub.ts";
import { watchEndedSessions } from "./sockets/instances/ended_sessions.ts";
import type { Instances } from "./sockets/instances/instances.ts";

/** By then the process ends, whatever it waits for: what was acknowledged is stored already. Milliseconds. */
const longestStopMs = 3_800;

/** Exit status that a supervisor may take as "start me again". */
const exhaustedExit = 75;

export interface Running {
  /** Where a browser on this machine finds it, as `http://host:port`. */
  address: string;
  service: Service;
  /** Drains: no new sockets, commits flushed, sockets closed with 1012. Ends within 4 s whatever peers do. */
  stop(): Promise<void>;
  /** Called when the process has more memory than it may, and should be replaced by a new one. */
  onExhausted: () => void;
}

/** Opens the store, builds the service and listens. @throws {CannotOpen} @throws {CannotListen} */
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
  const hub = new Hub(store, log, metrics.fanOutSeconds);
  const bus = await openBus(config.databaseUrl, { ...shared, ...busOptions });
  const instances = bus && await openInstances({ hub, bus, log });
  const sessions = instances ? undefined : watchEndedSessions(hub, store, log);
  const built = await buildService({
    ...{ config, log, metrics, store, hub },
    audience: instances ?? hub,
    onExhausted: () => running.onExhausted(),
  });
  const { service } = built;
  registerGauges(metrics, service);
  await instances?.listen(service.chat);
  const server = await serve(config, createHandler(service));
  async function closeSharing() {
    sessions?.stop();
    await instances?.close();
  }
  let stopping: Promise<void> | undefined;
  const running: Running = {
    address: addressOf(server),
    service,
    // A terminal's Ctrl-C often comes twice, and must not cut short what the first began.
    stop: () => stopping ??= drain({ built, hub, server, closeSharing }),
    onExhausted: () => {},
  };
  return running;
}

/** Loaded only where there is a bus: a literal import would be read at every start. */
async function openInstances(options: ConstructorParameters<typeof Instances>[0]): Promise<Instances> {
  const file: typeof import("./sockets/instances/instances.ts") = await import(
    import.meta.resolve("./sockets/instances/instances.ts")
  );
  return new file.Instances(options);
}

/** Errors at start that the operator can correct. */
const correctable = [ConfigError, CannotOpen, CannotListen, Deno.errors.NotCapable];

export async function main() {
  if (Deno.args.includes("--version")) return console.log(`Parlor ${version}`);
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) return console.log(configHelp());
  try {
    const config = readConfig(readEnvironment());
    revokeSecrets();
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
    // A correctable error is one line; any other keeps its stack. Not thrown on: the guard would keep the process alive.
    console.error(correctable.some((kind) => error instanceof kind) ? (error as Error).message : error);
    Deno.exit(1);
  }
}

if (import.meta.main) await main();

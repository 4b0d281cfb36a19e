import type { Metrics } from "../chat/monitoring/metrics.ts";
import type { Service } from "../routes/service.ts";

/** Registers the metrics that are read when somebody asks, rather than counted. */
export function registerGauges(metrics: Metrics, { hub, chat, sockets }: Service): void {
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

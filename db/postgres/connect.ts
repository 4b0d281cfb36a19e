import type postgres from "postgres";
import type { Address } from "./address.ts";

export type Sql = postgres.Sql<{ int8: number }>;

/** Milliseconds after which the server ends a statement, or a transaction that nobody goes on with: both hold rooms' locks. */
const serverPatienceMs = 5_000;
/** Milliseconds that anything waits for a lock. A room whose lock is stuck then delays few others: they wait for connections. */
const lockPatienceMs = 1_000;

/** After a failed attempt. The driver's own pause grows to 20 s, which nobody waits for. */
const reconnectSeconds = 0.1;

/** Connections of one kind; they come about when used. The driver is loaded here, for nobody who does not need it. */
export async function connect(address: Address, more: Record<string, unknown> = {}): Promise<Sql> {
  const { default: postgres } = await import("postgres");
  const options = {
    max: address.connections,
    connect_timeout: address.connectSeconds,
    ...(address.ssl !== undefined && { ssl: address.ssl }),
    backoff: () => reconnectSeconds,
    keep_alive: 10,
    fetch_types: false,
    onnotice: () => {},
    // Whole numbers of eight bytes arrive as texts; ours are all below 2^53.
    types: { int8: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: "parlor",
      search_path: address.schema,
      statement_timeout: serverPatienceMs,
      lock_timeout: lockPatienceMs,
      idle_in_transaction_session_timeout: serverPatienceMs,
      synchronous_commit: "on",
      // Everything is looked up by an index. A plan made while a table was small would read all of it once it is not.
      enable_seqscan: "off",
      enable_hashjoin: "off",
      enable_mergejoin: "off",
    },
    ...more,
  } satisfies postgres.Options<{ int8: postgres.PostgresType<number> }>;
  return (address.url ? postgres(address.url, options) : postgres(options)) as unknown as Sql;
}

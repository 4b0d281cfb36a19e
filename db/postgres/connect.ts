import type postgres from "postgres";
import type { Address } from "./address.ts";

export type Sql = postgres.Sql<{ int8: number }>;

/** Settings of each session. */
export const sessionSettings = ({ schema }: Address): Record<string, string> => ({
  search_path: schema,
  // The server ends long statements and idle transactions: both hold locks on rooms.
  statement_timeout: "5s",
  // So that a room with a stuck lock delays few others, which wait for connections.
  lock_timeout: "1s",
  idle_in_transaction_session_timeout: "5s",
  synchronous_commit: "on",
  // Every query uses an index. A plan cached while a table was small would otherwise scan it after it has
  // grown.
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
});

/** Delay after a failed attempt. The driver's default grows to 20 s. Seconds. */
const reconnectSeconds = 0.1;

/**
 * Creates a connection pool; connections open on first use. The driver is imported here, so that other
 * databases do not load it.
 */
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
    // The driver returns int8 as strings; Parlor's values are all below 2^53.
    types: { int8: { to: 20, from: [20], parse: Number, serialize: String } },
    // A reopened connection may reach another server: `Link` opens and checks new sessions instead.
    max_lifetime: null,
    // Poolers reject most settings in the startup packet; with a pooler they are set by statements.
    connection: { application_name: "parlor", ...(address.isPooled ? {} : sessionSettings(address)) },
    ...more,
  } satisfies postgres.Options<{ int8: postgres.PostgresType<number> }>;
  return (address.url ? postgres(address.url, options) : postgres(options)) as unknown as Sql;
}

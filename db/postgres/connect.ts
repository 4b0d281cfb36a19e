import type postgres from "postgres";
import type { Address } from "./address.ts";

export type Sql = postgres.Sql<{ int8: number }>;

/** What the server is told of each session, as it shows it. */
export const sessionSettings = ({ schema }: Address): Record<string, string> => ({
  search_path: schema,
  // The server ends a statement, or a transaction that nobody goes on with: both hold rooms' locks.
  statement_timeout: "5s",
  // A room whose lock is stuck then delays few others: they wait for connections.
  lock_timeout: "1s",
  idle_in_transaction_session_timeout: "5s",
  synchronous_commit: "on",
  // Everything is looked up by an index. A plan made while a table was small would read all of it once it is not.
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
});

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
    // A connection that ended and came again may have another server behind it: sessions are opened anew instead.
    max_lifetime: null,
    // Poolers refuse most settings in the first packet: there they are set by a statement.
    connection: { application_name: "parlor", ...(address.isPooled ? {} : sessionSettings(address)) },
    ...more,
  } satisfies postgres.Options<{ int8: postgres.PostgresType<number> }>;
  return (address.url ? postgres(address.url, options) : postgres(options)) as unknown as Sql;
}

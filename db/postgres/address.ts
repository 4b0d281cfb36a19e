import { CannotOpen } from "../errors.ts";

/** Schema of all tables, unless the URL sets `search_path`. */
const defaultSchema = "parlor";
/** Connect timeout. Seconds. */
const connectSeconds = 5;
/**
 * Connections per process, without its listener: ten processes stay below PostgreSQL's default limit of 100.
 */
const connections = 6;

/** The validated address, as options of the driver. */
export interface Address {
  /** Undefined: the PG* variables are used. */
  url?: string;
  schema: string;
  connections: number;
  connectSeconds: number;
  /** From PGSSLMODE if the URL has no `sslmode`; the driver does not read that variable. */
  ssl?: false | "prefer" | "require" | "verify-full";
  /** The URL declares a pooler, or one was detected. */
  isPooled?: boolean;
  /** Host, port and database, for logs. */
  shown: string;
}

/**
 * Parses the part after `postgres:`; if empty, the PG* variables are used.
 * @throws {CannotOpen} without the address in its message: a malformed one may contain the password
 */
export function readAddress(place: string): Address {
  const url = place === "" ? undefined : parsed(place);
  const asked = url?.searchParams;
  const isPooled = ["true", "1"].includes(asked?.get("pgbouncer") ?? "");
  const schema = schemaOf(asked?.get("search_path") ?? defaultSchema);
  // The driver sends unknown parameters as settings in the startup packet, which the server or a pooler
  // rejects.
  for (const name of ["channel_binding", "pgbouncer", "connection_limit", "pool_timeout", "search_path"]) {
    asked?.delete(name);
  }
  return {
    ...(url && { url: url.href }),
    schema,
    connections: positive(asked?.get("max")) ?? connections,
    connectSeconds: positive(asked?.get("connect_timeout")) ?? connectSeconds,
    ...(isPooled && { isPooled }),
    ...(!asked?.has("sslmode") && !asked?.has("ssl") && sslOf(Deno.env.get("PGSSLMODE"))),
    shown: url ? `${url.hostname}:${url.port || 5432}${url.pathname}` : "the address in the PG* variables",
  };
}

function parsed(place: string): URL {
  const url = URL.parse(`postgres:${place}`);
  // An @ after the host means that the password was not escaped, so the parsed host is wrong.
  const isWhole = url?.hostname && !/@|%40/.test(url.pathname + url.search + url.hash) && isEscaped(place);
  if (!url || !isWhole) {
    throw new CannotOpen(
      "DATABASE_URL: takes postgres://USER:PASSWORD@HOST:PORT/DATABASE, with signs such as / ? # @ % in a name " +
        "or password written as %2F %3F %23 %40 %25",
    );
  }
  return url;
}

function isEscaped(text: string): boolean {
  try {
    return decodeURIComponent(text) !== "";
  } catch {
    return false;
  }
}

function schemaOf(name: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new CannotOpen("DATABASE_URL: search_path takes one schema's name, of a-z 0-9 _");
}

function sslOf(mode: string | undefined): Pick<Address, "ssl"> | undefined {
  if (mode === undefined || mode === "" || mode === "allow") return undefined;
  if (mode === "disable") return { ssl: false };
  if (mode === "prefer" || mode === "require") return { ssl: mode };
  if (mode === "verify-ca" || mode === "verify-full") return { ssl: "verify-full" };
  throw new CannotOpen(
    "PGSSLMODE: takes disable, allow, prefer, require, verify-ca or verify-full",
  );
}

function positive(text: string | null | undefined): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

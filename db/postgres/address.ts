import { CannotOpen } from "../errors.ts";

/** The schema that holds everything, unless the URL's `search_path` names another. */
const defaultSchema = "parlor";
/** Seconds for a connection to come about. */
const connectSeconds = 5;
/** Connections of one process besides its listener: ten processes stay under the server's usual hundred. */
const connections = 6;

/** Where the database is, checked, in the driver's terms. */
export interface Address {
  /** Absent: as the PG* variables say. */
  url?: string;
  schema: string;
  connections: number;
  connectSeconds: number;
  /** What PGSSLMODE asks for where the URL asks for nothing; the driver itself does not read it. */
  ssl?: false | "prefer" | "require" | "verify-full";
  /** A pooler is said to be, or was found to be, between here and the server. */
  isPooled?: boolean;
  /** What a log may hold of it: host, port and database. */
  shown: string;
}

/**
 * Reads what stands behind `postgres:`; nothing there means the PG* variables.
 * @throws {CannotOpen} without repeating the address, which may hold a password in the wrong place
 */
export function readAddress(place: string): Address {
  const url = place === "" ? undefined : parsed(place);
  const asked = url?.searchParams;
  const isPooled = ["true", "1"].includes(asked?.get("pgbouncer") ?? "");
  const schema = schemaOf(asked?.get("search_path") ?? defaultSchema);
  // The driver hands on what it does not know as a setting in the first packet, which the server or a pooler refuses.
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
  // An @ after the host is the end of a password that was not escaped, and what is before it no host.
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

import type { Rate } from "../chat/limits/limiters.ts";
import { logLevels } from "../chat/monitoring/log.ts";
import { isOrigin } from "../protocol/is_origin.ts";

/** Parses a variable's text; returns `wrong` for text it does not accept. */
type Reader<T> = (text: string) => T | typeof wrong;
const wrong = Symbol("wrong");

// Not with zod, which every start would have to load first: that took a third of the start.
const asItIs = (isGood: (text: string) => boolean): Reader<string> => (text) => isGood(text) ? text : wrong;
const fitting = (pattern: RegExp) => asItIs((text) => pattern.test(text));
const oneOf = <const Word extends string>(words: readonly Word[]): Reader<Word> => (text) =>
  words.find((word) => word === text) ?? wrong;
/** Maps the result of `reader`. */
const as =
  <From, To>(reader: Reader<From>, read: (value: From) => To | typeof wrong): Reader<To> => (text) => {
    const value = reader(text);
    return value === wrong ? wrong : read(value);
  };

const Host = fitting(/^[^\s/[\]]+$/);
const Port = as(fitting(/^\d{1,5}$/), (text) => Number(text) <= 65_535 ? Number(text) : wrong);
const DatabaseUrl = fitting(/^(sqlite:.+|kv:.*|postgres(ql)?:(\/\/.+)?)$/s);
const Secret = asItIs((text) => new TextEncoder().encode(text).length >= 32);
const Token = fitting(/^[\x21-\x7e]{16,}$/);
const PublicUrl: Reader<string> = (text) => {
  const origin = text.replace(/\/$/, "");
  return isOrigin(origin) ? origin : wrong;
};
/** Address of the endpoint itself, or of the folder that it is in. */
const CompletionsUrl: Reader<string> = (text) => {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return wrong;
  const url = new URL(text);
  if (url.username || url.password || url.hash) return wrong;
  if (!/\/chat\/completions$/.test(url.pathname)) {
    url.pathname = url.pathname.replace(/\/*$/, "/chat/completions");
  }
  return url.href;
};
const Origins: Reader<string[]> = (text) => {
  const origins = text.split(",").map((origin) => origin.trim());
  return origins.every(isOrigin) ? origins : wrong;
};
const Switch = as(oneOf(["on", "off"]), (text) => text === "on");
const Truth = as(oneOf(["true", "false", "1", "0"]), (text) => text === "true" || text === "1");
const Limit = as(fitting(/^([1-9]\d{0,6}\/[1-9]\d{0,6}|off)$/), (text): Rate => {
  if (text === "off") return text;
  const [count, seconds] = text.split("/").map(Number) as [number, number];
  return { count, seconds };
});
const Bits = as(fitting(/^([89]|[12]\d|30|off)$/), (text) => text === "off" ? undefined : Number(text));
const Count = as(fitting(/^([1-9]\d{0,6}|off)$/), (text) => text === "off" ? Infinity : Number(text));

/**
 * A variable: its purpose, the accepted values in words, its parser, and its default as text and as a value.
 */
const variable = <T, const D = undefined>(
  description: string,
  takes: string,
  read: Reader<T>,
  usual = "",
  value?: D,
) => ({ description, takes, read, usual, value: value as D });
const limit = (description: string, count: number, seconds: number) =>
  variable(
    description,
    "N/SECONDS (N at once, refilled evenly over SECONDS) or off",
    Limit,
    `${count}/${seconds}`,
    { count, seconds },
  );
const total = (description: string, most: number) =>
  variable(description, "N or off", Count, `${most}`, most);

/** Every environment variable that Parlor reads. An empty one counts as unset. */
const variables = {
  HOST: variable(
    "where to listen",
    "an address; 0.0.0.0 is every one of this machine",
    Host,
    "127.0.0.1",
    "127.0.0.1",
  ),
  PORT: variable("where to listen", "0 to 65535; 0 is any free port", Port, "8000", 8_000),
  DATABASE_URL: variable(
    "where everything is kept; on Deno Deploy the database assigned, else kv:",
    "sqlite:PATH, kv:, kv:PATH, postgres://… or postgres: (as PG* say)",
    DatabaseUrl,
    "sqlite:./data/parlor.db",
    "sqlite:./data/parlor.db",
  ),
  PARLOR_SECRET: variable(
    "signs sessions; unset: made at first start, kept beside the database",
    "32 bytes or more",
    Secret,
  ),
  PARLOR_SECRET_PREVIOUS: variable(
    "the secret before this one: sessions that it signed stay good",
    "32 bytes or more",
    Secret,
  ),
  SIGNUP: variable(
    "whether strangers may make an account",
    "open or closed",
    oneOf(["open", "closed"]),
    "open",
    "open",
  ),
  CHALLENGE: variable(
    "proof of work asked of who signs up and who makes a room",
    "N bits, 8 to 30 (2^N hashes in the browser; 16 is a moment) or off",
    Bits,
    "off",
    undefined,
  ),
  PUBLIC_URL: variable(
    "where people reach the service; unset: wherever a request says it went",
    "an address such as https://chat.example.com, without a path",
    PublicUrl,
  ),
  PORTAL_ORIGINS: variable(
    "other websites on which an admin's session is honoured",
    "origins such as https://www.example.com, with commas between them",
    Origins,
  ),
  TRUST_PROXY: variable(
    "whether a proxy in front writes X-Forwarded-For and X-Forwarded-Proto",
    "on or off",
    Switch,
    "off",
    false,
  ),
  WIRE: variable(
    "carries sockets; unset: ws beyond loopback or behind a proxy, else native",
    "native (Deno's own, faster) or ws (npm:ws, bounds every peer)",
    oneOf(["native", "ws"]),
    "",
    "native",
  ),
  METRICS_TOKEN: variable(
    "bearer token for /metrics; unset: this machine alone, and no proxy",
    "16 characters or more",
    Token,
  ),
  OTEL_DENO: variable(
    "tells traces to OTEL_EXPORTER_OTLP_ENDPOINT, a span for each frame too",
    "true or false",
    Truth,
    "false",
    false,
  ),
  LOG_LEVEL: variable(
    "the least that is logged",
    logLevels.join(", "),
    oneOf(logLevels),
    "info",
    "info",
  ),
  MEMORY_LIMIT_MB: variable(
    "no new sockets from 80 % of it; over it the service drains, exits with 75",
    "N (MiB of the whole process) or off",
    Count,
    "off",
    Infinity,
  ),
  LLM_URL: variable(
    "language model for questions that no answer fits; unset: none is asked",
    "an OpenAI-compatible address such as https://llm.example.com/v1",
    CompletionsUrl,
  ),
  LLM_MODEL: variable("name of its model", "a name; needed with LLM_URL", fitting(/^[\x21-\x7e]{1,200}$/)),
  LLM_KEY: variable("its bearer token", "printable ASCII; unset: none is sent", fitting(/^[\x21-\x7e]+$/)),
  LIMIT_MESSAGES_PER_ROOM: limit("messages of a visitor to a room", 20, 10),
  LIMIT_MESSAGES_PER_ADDRESS: limit("messages of the visitors at one address", 60, 10),
  LIMIT_ROOMS_PER_ADDRESS: limit("new rooms from one address", 10, 60),
  LIMIT_LOGINS: limit("attempts to sign in to an account from one address", 10, 900),
  LIMIT_SIGNUPS: limit("new accounts from one address", 30, 3600),
  LIMIT_GUESSES: limit("refused sockets and short consumer ids tried, from one address", 100, 60),
  LIMIT_NEW_IDS: limit("consumer ids that clients made, opened first from one address", 300, 600),
  LIMIT_SOCKETS_PER_ADDRESS: variable(
    "sockets of one address, open at a time",
    "N or off",
    Count,
    "200",
    200,
  ),
  LIMIT_SESSIONS_PER_ADDRESS: limit(
    "visitors' sessions from one address; of one visitor a twentieth",
    600,
    60,
  ),
  LIMIT_UPGRADES_PER_ADDRESS: limit("sockets opened from one address", 600, 60),
  LIMIT_FRAMES_PER_SOCKET: limit("frames from one socket", 300, 10),
  LIMIT_MESSAGES_PER_ACCOUNT: limit("messages that an account's admins write", 1_000, 60),
  LIMIT_ROOMS_PER_ACCOUNT: limit("rooms that an account's admins make", 100, 60),
  LIMIT_STORED_ROOMS: total("rooms that one account may have", 200_000),
  LIMIT_STORED_MESSAGES: total("messages that one account may have", 5_000_000),
  LIMIT_STORED_MB: total("MiB that one account's messages may take, about", 4_096),
  LIMIT_COST_PER_ADDRESS: limit("milliseconds of work for one address; less while it is busy", 1_000, 10),
  LIMIT_COST_PER_ACCOUNT: limit("milliseconds of work that an admin asks for; likewise", 2_000, 10),
};

/**
 * Limits that are off when another is off, unless they are set themselves: lifting one limit, to measure or because
 * all visitors share an address, implies the others of the same kind.
 */
const follows: Partial<Record<Name, Name | Name[]>> = {
  LIMIT_SESSIONS_PER_ADDRESS: "LIMIT_SOCKETS_PER_ADDRESS",
  LIMIT_UPGRADES_PER_ADDRESS: "LIMIT_SOCKETS_PER_ADDRESS",
  LIMIT_NEW_IDS: "LIMIT_ROOMS_PER_ADDRESS",
  LIMIT_MESSAGES_PER_ACCOUNT: "LIMIT_FRAMES_PER_SOCKET",
  LIMIT_ROOMS_PER_ACCOUNT: "LIMIT_ROOMS_PER_ADDRESS",
  LIMIT_COST_PER_ADDRESS: ["LIMIT_SOCKETS_PER_ADDRESS", "LIMIT_FRAMES_PER_SOCKET"],
  LIMIT_COST_PER_ACCOUNT: "LIMIT_FRAMES_PER_SOCKET",
};

type Name = keyof typeof variables;
const names = Object.keys(variables) as Name[];
type Environment = {
  [N in Name]:
    | Exclude<ReturnType<(typeof variables)[N]["read"]>, typeof wrong>
    | (typeof variables)[N]["value"];
};

/** Environment variables that the service needs permission to read. */
export const variableNames: string[] = [...names, "DENO_DEPLOY", "PGHOST"];

/** The parsed and validated configuration. */
export type Config = ReturnType<typeof grouped>;

function grouped(read: Environment) {
  return {
    host: read.HOST,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL,
    secret: read.PARLOR_SECRET,
    previousSecret: read.PARLOR_SECRET_PREVIOUS,
    signupOpen: read.SIGNUP === "open",
    /** Leading zero bits of the proof of work; undefined: no challenge. */
    challengeBits: read.CHALLENGE,
    /** Without a trailing slash. */
    publicUrl: read.PUBLIC_URL,
    portalOrigins: read.PORTAL_ORIGINS ?? [],
    trustProxy: read.TRUST_PROXY,
    wire: read.WIRE,
    metricsToken: read.METRICS_TOKEN,
    /** The runtime's OpenTelemetry is enabled. */
    isTraced: read.OTEL_DENO,
    logLevel: read.LOG_LEVEL,
    /** The language model's endpoint; undefined: none. */
    llm: read.LLM_URL === undefined
      ? undefined
      : { url: read.LLM_URL, model: read.LLM_MODEL!, key: read.LLM_KEY },
    /** Infinity: no limit. */
    memoryLimitMb: read.MEMORY_LIMIT_MB,
    limits: {
      messagesPerRoom: read.LIMIT_MESSAGES_PER_ROOM,
      messagesPerAddress: read.LIMIT_MESSAGES_PER_ADDRESS,
      roomsPerAddress: read.LIMIT_ROOMS_PER_ADDRESS,
      logins: read.LIMIT_LOGINS,
      signups: read.LIMIT_SIGNUPS,
      guesses: read.LIMIT_GUESSES,
      newIds: read.LIMIT_NEW_IDS,
      /** Infinity: no limit. */
      socketsPerAddress: read.LIMIT_SOCKETS_PER_ADDRESS,
      sessions: read.LIMIT_SESSIONS_PER_ADDRESS,
      upgrades: read.LIMIT_UPGRADES_PER_ADDRESS,
      framesPerSocket: read.LIMIT_FRAMES_PER_SOCKET,
      messagesPerAccount: read.LIMIT_MESSAGES_PER_ACCOUNT,
      roomsPerAccount: read.LIMIT_ROOMS_PER_ACCOUNT,
      /** Infinity: no limit. */
      stored: {
        rooms: read.LIMIT_STORED_ROOMS,
        messages: read.LIMIT_STORED_MESSAGES,
        mb: read.LIMIT_STORED_MB,
      },
      costPerAddress: read.LIMIT_COST_PER_ADDRESS,
      costPerAccount: read.LIMIT_COST_PER_ACCOUNT,
    },
  };
}

/** The environment is invalid. The message has one line for each wrong variable. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** @throws {ConfigError} that names every wrong variable with its value and what it accepts */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  if (set.DENO_DEPLOY) set.DATABASE_URL ??= set.PGHOST ? "postgres:" : "kv:";
  else if (isPublic(set)) set.WIRE ??= "ws";
  const problems = misspelt(set), read: Record<string, unknown> = {};
  for (const name of names) {
    const text = set[name] ?? followed(set, name), variable = variables[name];
    const value = text === undefined ? variable.value : variable.read(text);
    if (value === wrong) problems.push(problemOf(name, text!));
    else read[name] = value;
  }
  if (read.LLM_URL && !set.LLM_MODEL) {
    problems.push(`LLM_MODEL: is unset, takes ${variables.LLM_MODEL.takes}`);
  }
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  return grouped(read as Environment);
}

/** Whether strangers can open sockets, directly or through a proxy. On Deno's own wire each of them can fill the memory. */
function isPublic({ HOST, TRUST_PROXY }: Record<string, string | undefined>): boolean {
  const isLoopback = HOST === undefined || /^(localhost|127(\.\d+){3}|::1)$/.test(HOST);
  return !isLoopback || TRUST_PROXY === "on";
}

/** Unknown variables are ignored, except those with our prefixes: a misspelt limit must not go unnoticed. */
function misspelt(set: Record<string, unknown>): string[] {
  const ours = Object.keys(set).filter((name) =>
    /^(PARLOR|LIMIT|LLM)_/.test(name) && !names.includes(name as Name)
  );
  return ours.map((name) => {
    const prefix = name.slice(0, name.indexOf("_") + 1);
    return `${name}: no such variable; there are ${
      names.filter((known) => known.startsWith(prefix)).join(", ")
    }`;
  });
}

/** Variables whose values are never printed, nor read again after the start. */
export const secrets: ReadonlySet<string> = new Set<Name>([
  "PARLOR_SECRET",
  "PARLOR_SECRET_PREVIOUS",
  "METRICS_TOKEN",
  "LLM_KEY",
]);

function problemOf(name: Name, value: string): string {
  const got = secrets.has(name) ? `${new TextEncoder().encode(value).length} bytes` : shown(value);
  return `${name}: got ${got}, takes ${variables[name].takes}`;
}

/** A value as it may be logged: an address without user, password and parameters. */
function shown(value: string): string {
  const safe = value.replace(/[?#].*$/s, "?…").replace(/^([^/]*:\/\/|[^/:@]*:)?.*@/s, "$1…@");
  return JSON.stringify(safe.length > 100 ? `${safe.slice(0, 100)}…` : safe);
}

/** `off` for an unset limit that follows one that is off. */
function followed(set: Record<string, string | undefined>, name: Name): string | undefined {
  const others = [follows[name] ?? []].flat();
  return others.some((other) => set[other] === "off") ? "off" : undefined;
}

/** Every variable with its default (empty: none), its purpose and what it accepts. */
export function settings(): { name: string; usual: string; description: string; takes: string }[] {
  return names.map((name) => {
    const { usual, description, takes } = variables[name];
    const [other] = [follows[name] ?? []].flat();
    return { name, usual, description, takes: other ? `N/SECONDS or off; off where ${other} is` : takes };
  });
}

/** The variables with their defaults, for a terminal of 80 columns. */
export function configHelp(): string {
  const entries = settings().map(({ name, usual, description, takes }) =>
    `  ${name}${usual && `=${usual}`}\n      ${description}\n      takes ${takes}`
  );
  return `Parlor reads these environment variables:\n\n${entries.join("\n")}`;
}

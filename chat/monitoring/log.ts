export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = typeof logLevels[number];

type Fields = Record<string, string | number | boolean | undefined>;

/** A log of JSON lines. What callers put in is bounded: never a message's text, a token, a cookie or a password. */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

/** A log that writes lines of at least `level` to `write`. */
export function openLog(level: LogLevel, write: (line: string) => void = console.log): Log {
  const least = logLevels.indexOf(level);
  const at = (name: LogLevel) => {
    if (logLevels.indexOf(name) < least) return () => {};
    return (event: string, fields: Fields = {}) =>
      write(JSON.stringify({ time: new Date().toISOString(), level: name, event, ...fields }));
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

const told = new WeakMap<Log, Set<string>>();

/** Warns of what is probably a mistake in the configuration, the first time that it is met. */
export function logOnce(log: Log, event: string, why: string): void {
  const events = told.get(log) ?? new Set();
  if (events.has(event)) return;
  told.set(log, events.add(event));
  log.warn(event, { why });
}

/** What a log may hold of an error: its kind and place. A message could quote what somebody wrote. */
export function faultFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { fault: typeof error };
  // What somebody has renamed begins its stack with that name.
  if (!/^\w{1,60}$/.test(error.name)) return { fault: "Error" };
  return { fault: error.name, at: placeOf(error) };
}

/** `at` and a line of code. The message comes first in a stack, over as many lines as it has, whatever they look like. */
function placeOf({ stack = "", message }: Error): string | undefined {
  const at = message ? stack.indexOf(message) : 0;
  // A message that was changed since: the stack quotes the former one, and where it ends cannot be told.
  if (at < 0) return undefined;
  return stack.slice(at + message.length).split("\n").map((line) => line.trim())
    .find((line) => /^at .*\b(file|ext|node|npm|jsr|https):\S+:\d+\)?$/.test(line));
}

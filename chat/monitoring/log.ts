export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = typeof logLevels[number];

type Fields = Record<string, string | number | boolean | undefined>;

/** A log of JSON lines. Fields are bounded and never hold a message's text, a token, a cookie or a password. */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

/** A log that passes lines of at least `level` to `write`. */
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

/** Warns once of a probable mistake in the configuration. */
export function logOnce(log: Log, event: string, why: string): void {
  const events = told.get(log) ?? new Set();
  if (events.has(event)) return;
  told.set(log, events.add(event));
  log.warn(event, { why });
}

/** Loggable fields of an error: its kind and place. A message could quote user input. */
export function faultFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { fault: typeof error };
  // A renamed error's stack begins with its new name.
  if (!/^\w{1,60}$/.test(error.name)) return { fault: "Error" };
  return { fault: error.name, at: placeOf(error) };
}

/** `at` and a code position. The message comes first in a stack and may span several lines of any content. */
function placeOf({ stack = "", message }: Error): string | undefined {
  const at = message ? stack.indexOf(message) : 0;
  // The message was changed after the stack was captured, so its end in the stack is unknown.
  if (at < 0) return undefined;
  return stack.slice(at + message.length).split("\n").map((line) => line.trim())
    .find((line) => /^at .*\b(file|ext|node|npm|jsr|https):\S+:\d+\)?$/.test(line));
}

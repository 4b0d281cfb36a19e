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

/** What a log may hold of an error: its kind and place. A message could quote what somebody wrote. */
export function faultFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { fault: typeof error };
  return { fault: error.name, at: error.stack?.split("\n").find((line) => /^\s+at /.test(line))?.trim() };
}

import { secretBeside } from "./secret_file.ts";
import type { Store } from "./store.ts";

/**
 * The signing secret that was made once and is kept with the data: beside a SQLite database in a file of its own,
 * so that a copy of the database opens nobody's account; in the store where there is no such place.
 */
export function secretOf(databaseUrl: string, store: Store): Promise<string> {
  const path = /^sqlite:(.*)$/s.exec(databaseUrl)?.[1];
  if (path !== undefined) return secretBeside(path);
  const made = crypto.getRandomValues(new Uint8Array(32));
  return store.keep("secret", btoa(String.fromCharCode(...made)));
}

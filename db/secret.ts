import { secretBeside } from "./secret_file.ts";
import type { Store } from "./store.ts";

/**
 * The signing secret, generated once and stored with the data. For SQLite it is a separate file beside the
 * database, so that a copy of the database does not give access to accounts; other engines keep it in the
 * store.
 */
export function secretOf(databaseUrl: string, store: Store): Promise<string> {
  const path = /^sqlite:(.*)$/s.exec(databaseUrl)?.[1];
  if (path !== undefined) return secretBeside(path);
  const made = crypto.getRandomValues(new Uint8Array(32));
  return store.keep("secret", btoa(String.fromCharCode(...made)));
}

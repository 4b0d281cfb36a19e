/** Beginning of the keys of what an account writes in a workspace; in its own one as before there were others. */
export const storagePrefix = (account: string, workspace: string): string =>
  account === workspace ? `parlor:${account}:` : `parlor:${account}:@${workspace}:`;

/** Closes what writes to an account's storage; with `hold` the same account may return in this page. */
type Close = (hold: boolean) => void;

const writers = new Set<Close>();
/** What this page removed from the browser's storage when a session ended elsewhere. */
let held: { username: string; texts: [key: string, value: string][] } | undefined;

/** Registers `close` to be called before an account's storage is removed. Returns a function that unregisters it. */
export function beforeLeaving(close: Close): () => void {
  writers.add(close);
  return () => void writers.delete(close);
}

/**
 * Removes everything of an account from this browser: drafts, unsent messages, the test page's conversation, the theme
 * colour. With `hold` this page keeps it in memory for the same account.
 */
export function clearAccount(username: string, { hold }: { hold: boolean }): void {
  for (const close of [...writers]) close(hold);
  writers.clear();
  const own = entriesOf((key) => key.startsWith(`parlor:${username}:`));
  held = hold ? { username, texts: own } : undefined;
  drop(own);
  attempt(() => localStorage.removeItem("parlor:accent"));
  attempt(() => sessionStorage.removeItem("parlor:tester"));
}

/** Restores what was held for an account. What other accounts have left in this browser is removed. */
export function restoreAccount(username: string): void {
  if (held?.username === username) {
    for (const [key, value] of held.texts) {
      attempt(() => localStorage.getItem(key) ?? localStorage.setItem(key, value));
    }
  }
  held = undefined;
  const written = /^parlor:([^:]+):(?:@[^:]+:)?(?:draft:.*|(?:out|note):[^:]+|workspace)$/s;
  drop(entriesOf((key) => (written.exec(key)?.[1] ?? username) !== username));
}

function entriesOf(isMeant: (key: string) => boolean): [key: string, value: string][] {
  const found: [string, string][] = [];
  attempt(() => found.push(...Object.entries(localStorage).filter(([key]) => isMeant(key))));
  return found;
}

function drop(entries: [key: string, value: string][]): void {
  for (const [key] of entries) attempt(() => localStorage.removeItem(key));
}

/** A browser that refuses storage has stored nothing. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // Refused, or full.
  }
}

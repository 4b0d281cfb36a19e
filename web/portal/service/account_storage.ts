/** Closes what writes into an account's storage; with `hold` the same account may come back in this page. */
type Close = (hold: boolean) => void;

const writers = new Set<Close>();
/** What this page took out of the browser's storage when a session ended that it did not end itself. */
let held: { username: string; texts: [key: string, value: string][] } | undefined;

/** Has `close` called before what an account keeps in this browser is taken away. Answers how to stop. */
export function beforeLeaving(close: Close): () => void {
  writers.add(close);
  return () => void writers.delete(close);
}

/**
 * Takes everything of an account out of this browser, so that whoever uses it next finds nothing of it: drafts, unsent
 * messages, the test page's conversation, the colour. With `hold` this page keeps it in memory for the same account.
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

/** Gives an account back what was held for it. What other accounts have left in this browser is taken away. */
export function restoreAccount(username: string): void {
  if (held?.username === username) {
    for (const [key, value] of held.texts) {
      attempt(() => localStorage.getItem(key) ?? localStorage.setItem(key, value));
    }
  }
  held = undefined;
  const written = /^parlor:([^:]+):(?:draft:.*|out:[^:]+)$/s;
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

/** A browser that refuses storage has kept nothing. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // Refused, or full.
  }
}

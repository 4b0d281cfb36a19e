/**
 * The visitor's values in the host page's own storage, under one prefix: browsers that block third parties remove a
 * frame's own storage. Nothing is written before the frame asks for it, or the visitor opens the chat;
 * with `allowed` false nothing ever is. Where storage is blocked or full, the frame's memory
 * lasts as long as the page.
 */
export function hostStore(prefix: string, allowed: boolean) {
  // A browser that blocks storage throws on access.
  const areas = [() => sessionStorage, () => localStorage];

  /** The frame's name of a storage key; undefined if it is not ours. */
  const ownKey = (key: string | null) => key?.startsWith(prefix) ? key.slice(prefix.length) : undefined;

  const entries = () => {
    const found: [string, string][] = [];
    for (const area of areas) {
      try {
        for (const [key, value] of Object.entries<string>(area())) {
          const own = ownKey(key);
          if (own) found.push([own, value]);
        }
      } catch { /* nothing is kept for this page */ }
    }
    return found;
  };

  /** Stores a value, or with `inTab` for this tab only; without a value it is removed. */
  const put = (key: string, value?: string, inTab?: boolean) => {
    for (const area of areas) {
      try {
        const isWanted = allowed && value !== undefined && !inTab === (area !== areas[0]);
        if (isWanted) area().setItem(prefix + key, value);
        else area().removeItem(prefix + key);
      } catch { /* no room, or not allowed */ }
    }
  };

  return {
    ownKey,
    entries,
    get: (key: string) => entries().findLast(([own]) => own === key)?.[1],
    put,
    clear: () => entries().forEach(([key]) => put(key)),
  };
}

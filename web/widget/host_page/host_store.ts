/**
 * The visitor's few texts in the host page's own storage, under one prefix: a frame's own storage is taken away by
 * browsers that block third parties. Nothing is written before the frame asks for it, or the visitor opens the chat;
 * with `allowed` false nothing ever is. Where the browser keeps nothing, or has no room left, the frame's own memory
 * lasts as long as the page.
 */
export function hostStore(prefix: string, allowed: boolean) {
  // A browser that keeps nothing throws at the mere name.
  const areas = [() => sessionStorage, () => localStorage];

  /** The frame's name of a storage key; nothing if it is not ours. */
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

  /** Keeps a text for the visitor, or with `inTab` for this tab alone; without a value it is kept nowhere any more. */
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

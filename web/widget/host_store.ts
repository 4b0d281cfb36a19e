/**
 * The visitor's few texts in the host page's own storage, under one prefix: a frame's own storage is taken away by
 * browsers that block third parties. Nothing is written before the frame asks for it; with `allowed` false nothing
 * ever is. Where the browser keeps nothing, or has no room left, the frame's own memory lasts as long as the page.
 */
export function hostStore(prefix: string, allowed: boolean) {
  /** The frame's name of a storage key; nothing if it is not ours. */
  const ownKey = (key: string | null) => key?.startsWith(prefix) ? key.slice(prefix.length) : undefined;

  const entries = () => {
    const found: [string, string][] = [];
    try {
      for (const [key, value] of Object.entries<string>(localStorage)) {
        const own = ownKey(key);
        if (own) found.push([own, value]);
      }
    } catch { /* nothing is kept for this page */ }
    return found;
  };

  const put = (key: string, value?: string) => {
    try {
      if (value === undefined) localStorage.removeItem(prefix + key);
      else if (allowed) localStorage.setItem(prefix + key, value);
    } catch { /* no room, or not allowed */ }
  };

  return { ownKey, entries, put, clear: () => entries().forEach(([key]) => put(key)) };
}

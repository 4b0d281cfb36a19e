/** Strings by key that outlive the page and are shared by the tabs of an origin. */
export interface KeyValueStorage {
  entries(): [key: string, value: string][];
  /** `kept` is called once the value is stored: closing the page after that loses nothing. */
  put(key: string, value: string, kept?: () => void): void;
  drop(key: string): void;
  /** Calls back when another tab put or dropped a value. Returns a function that stops watching. */
  watch(changed: (key: string, value: string | undefined) => void): () => void;
}

/** In-memory fallback for browsers that block localStorage. */
export function memoryStorage(texts: Map<string, string> = new Map()): KeyValueStorage {
  return {
    entries: () => [...texts],
    put: (key, value, kept) => (texts.set(key, value), kept?.()),
    drop: (key) => void texts.delete(key),
    watch: () => () => {},
  };
}

/** View of the entries whose keys begin with `prefix`, without the prefix. */
export function namespaced(storage: KeyValueStorage, prefix: string): KeyValueStorage {
  const inner = (key: string) => key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
  return {
    entries: () =>
      storage.entries().flatMap(([key, value]) => {
        const own = inner(key);
        return own === undefined ? [] : [[own, value] as [string, string]];
      }),
    put: (key, value, kept) => storage.put(prefix + key, value, kept),
    drop: (key) => storage.drop(prefix + key),
    watch: (changed) =>
      storage.watch((key, value) => {
        const own = inner(key);
        if (own !== undefined) changed(own, value);
      }),
  };
}

/** The entries of `localStorage` under a prefix; in memory where the browser refuses access. */
export function browserStorage(prefix: string): KeyValueStorage {
  try {
    return storageIn(localStorage, prefix);
  } catch {
    return memoryStorage();
  }
}

function storageIn(storage: Storage, prefix: string): KeyValueStorage {
  return {
    entries: () =>
      Object.keys(storage).filter((key) => key.startsWith(prefix)).map((
        key,
      ) => [key.slice(prefix.length), storage.getItem(key) ?? ""]),
    put(key, value, kept) {
      try {
        storage.setItem(prefix + key, value);
      } catch {
        // Storage is full: the text is kept in this page only.
      }
      kept?.();
    },
    drop: (key) => storage.removeItem(prefix + key),
    watch(changed) {
      const listen = ({ key, newValue }: StorageEvent) => {
        if (key?.startsWith(prefix)) changed(key.slice(prefix.length), newValue ?? undefined);
      };
      addEventListener("storage", listen);
      return () => removeEventListener("storage", listen);
    },
  };
}

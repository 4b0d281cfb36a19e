/** A few texts by key that outlive the page and are shared by its tabs. */
export interface Shelf {
  entries(): [key: string, value: string][];
  /** `kept` is called once it is there: a page that goes away from then on loses nothing. */
  put(key: string, value: string, kept?: () => void): void;
  drop(key: string): void;
  /** Calls back when another tab put or dropped something. Answers how to stop. */
  watch(changed: (key: string, value: string | undefined) => void): () => void;
}

/** A shelf that lasts as long as the page: for when the browser keeps nothing. */
export function memoryShelf(texts: Map<string, string> = new Map()): Shelf {
  return {
    entries: () => [...texts],
    put: (key, value, kept) => (texts.set(key, value), kept?.()),
    drop: (key) => void texts.delete(key),
    watch: () => () => {},
  };
}

/** The texts of a shelf whose keys begin with `prefix`, as a shelf of their own. */
export function partOf(shelf: Shelf, prefix: string): Shelf {
  const inner = (key: string) => key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
  return {
    entries: () =>
      shelf.entries().flatMap(([key, value]) => {
        const own = inner(key);
        return own === undefined ? [] : [[own, value] as [string, string]];
      }),
    put: (key, value, kept) => shelf.put(prefix + key, value, kept),
    drop: (key) => shelf.drop(prefix + key),
    watch: (changed) =>
      shelf.watch((key, value) => {
        const own = inner(key);
        if (own !== undefined) changed(own, value);
      }),
  };
}

/** The part of this origin's `localStorage` under a prefix; a memory shelf where that is refused. */
export function localShelf(prefix: string): Shelf {
  try {
    return shelfIn(localStorage, prefix);
  } catch {
    return memoryShelf();
  }
}

function shelfIn(storage: Storage, prefix: string): Shelf {
  return {
    entries: () =>
      Object.keys(storage).filter((key) => key.startsWith(prefix)).map((
        key,
      ) => [key.slice(prefix.length), storage.getItem(key) ?? ""]),
    put(key, value, kept) {
      try {
        storage.setItem(prefix + key, value);
      } catch {
        // Full: the text lives on in this page, which is all a browser without room can give.
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

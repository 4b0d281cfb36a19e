import type { RecordName, Records } from "./records.ts";

/** Collection of marks: one per owner and watched collection, replaced in every commit that changes it. */
export const marks = "changes";

/** A changed collection of one workspace or account. */
export interface Change {
  owner: string;
  collection: string;
}

export const markOf = ({ owner, collection }: Change): RecordName => ({
  collection: marks,
  key: [owner, collection],
});

interface Followed extends Change {
  listeners: Set<() => void>;
  /** The mark's version as last seen; `null`: not read yet. */
  seen: string | undefined | null;
}

const nameOf = ({ owner, collection }: Change) => `${owner}\0${collection}`;

/**
 * Notifies followers of a watched collection of changes: immediately in this process, over the bus in others,
 * and by polling the marks in the store if that notification was lost. A notification means "read again" and
 * may be repeated.
 */
export class Changes {
  #followed = new Map<string, Followed>();
  /** Publishes to the other processes. */
  onChange: (change: Change) => void = () => {};

  constructor(readonly records: Records) {}

  /**
   * Calls `listener` after each change that follows the promise's resolution. Returns a function that stops
   * it.
   */
  async follow(change: Change, listener: () => void): Promise<() => void> {
    const name = nameOf(change);
    const followed = this.#followed.get(name) ?? { ...change, listeners: new Set(), seen: null };
    this.#followed.set(name, followed);
    followed.listeners.add(listener);
    if (followed.seen === null) await this.#look([followed]);
    return () => {
      followed.listeners.delete(listener);
      if (followed.listeners.size === 0 && this.#followed.get(name) === followed) this.#followed.delete(name);
    };
  }

  /** Owners of the collections that are followed here. */
  *owners(): Iterable<string> {
    for (const { owner } of this.#followed.values()) yield owner;
  }

  /** A commit of this process has changed a collection. */
  changed(change: Change): void {
    this.heard(change);
    this.onChange(change);
  }

  /** Another process reports a change. */
  heard(change: Change): void {
    for (const listener of this.#followed.get(nameOf(change))?.listeners ?? []) listener();
  }

  /** Finds changes whose notifications were lost, with one query. */
  async sweep(): Promise<void> {
    await this.#look([...this.#followed.values()]);
  }

  async #look(all: Followed[]): Promise<void> {
    if (all.length === 0) return;
    const found = await this.records.getMany(all.map(markOf));
    for (const [i, followed] of all.entries()) {
      const version = found[i]?.version, isNew = followed.seen !== version;
      const isFirst = followed.seen === null;
      followed.seen = version;
      if (isNew && !isFirst) { for (const listener of followed.listeners) listener(); }
    }
  }
}

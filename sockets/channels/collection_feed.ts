import type { RecordStore } from "../../db/collection.ts";

/** Delay between a change and the look at it. Milliseconds. */
const gatherMs = 20;
/** Part of the time that looks may take: of a burst of changes each would otherwise cost a look. */
const share = 1 / 5;
/** Delay after a failed look. Milliseconds. */
const retryMs = 1_000;

interface FeedOptions<State> {
  store: RecordStore;
  /** Name of the watched collection. */
  collection: string;
  /** Whether any socket here is told of this workspace's changes. */
  isHeard(workspace: string): boolean;
  /** Reads what is known when following begins; later looks find what is new. */
  begin(workspace: string): Promise<State>;
  /** Reads what has changed, and tells it. */
  look(workspace: string, state: State): Promise<void>;
  onFault(error: unknown): void;
}

interface Followed<State> {
  state: Promise<State>;
  stop: () => void;
  timer?: ReturnType<typeof setTimeout>;
  isLooking: boolean;
  isChanged: boolean;
}

/**
 * Looks at a watched collection of each workspace that sockets here listen to, after every change and one look at a time,
 * whichever process made the change.
 */
export class CollectionFeed<State> {
  #options: FeedOptions<State>;
  #followed = new Map<string, Followed<State>>();

  constructor(options: FeedOptions<State>) {
    this.#options = options;
  }

  /** Resolves once no later change is missed; undefined if nobody listens any more. @throws {Unavailable} */
  async follow(workspace: string): Promise<State | undefined> {
    const known = this.#followed.get(workspace) ?? this.#begin(workspace);
    try {
      const state = await known.state;
      this.leave(workspace);
      return this.#followed.get(workspace) === known ? state : undefined;
    } catch (error) {
      this.#drop(workspace, known);
      throw error;
    }
  }

  /** A socket has left: ends following after the last one. */
  leave(workspace: string): void {
    const known = this.#followed.get(workspace);
    if (known && !this.#options.isHeard(workspace)) this.#drop(workspace, known);
  }

  close(): void {
    for (const [workspace, known] of this.#followed) this.#drop(workspace, known);
  }

  #begin(workspace: string): Followed<State> {
    const { store, collection, begin } = this.#options;
    const known: Followed<State> = {
      state: store.changes.follow({ owner: workspace, collection }, () => this.#touch(workspace, known))
        .then((stop) => {
          if (this.#followed.get(workspace) === known) known.stop = stop;
          else stop();
          return begin(workspace);
        }),
      stop: () => {},
      isLooking: false,
      isChanged: false,
    };
    this.#followed.set(workspace, known);
    return known;
  }

  #drop(workspace: string, known: Followed<State>): void {
    if (this.#followed.get(workspace) === known) this.#followed.delete(workspace);
    clearTimeout(known.timer);
    known.stop();
  }

  #touch(workspace: string, known: Followed<State>): void {
    if (known.isLooking) known.isChanged = true;
    else this.#lookIn(gatherMs, workspace, known);
  }

  #lookIn(ms: number, workspace: string, known: Followed<State>): void {
    if (known.timer !== undefined || this.#followed.get(workspace) !== known) return;
    known.timer = setTimeout(() => void this.#look(workspace, known), ms);
    Deno.unrefTimer(known.timer);
  }

  async #look(workspace: string, known: Followed<State>): Promise<void> {
    known.timer = undefined;
    known.isLooking = true;
    known.isChanged = false;
    const began = performance.now();
    let isFailed = false;
    try {
      await this.#options.look(workspace, await known.state);
    } catch (error) {
      isFailed = true;
      this.#options.onFault(error);
    }
    known.isLooking = false;
    const pause = Math.max(gatherMs, (performance.now() - began) * (1 / share - 1));
    if (isFailed) this.#lookIn(retryMs, workspace, known);
    else if (known.isChanged) this.#lookIn(pause, workspace, known);
  }
}

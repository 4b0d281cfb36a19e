import { knowledgeHeads } from "../../chat/knowledge/knowledge.ts";
import type { RecordStore } from "../../db/collection.ts";
import { Model } from "./model.ts";
import type { PassageIndex } from "./passage_index.ts";

/** Models in memory, and the size of all of them in bytes, but for one that is larger. */
const mostModels = 50, mostBytes = 150_000_000;
/** Changes in quick succession, as of an import, are learnt together. Milliseconds. */
const settleMs = 200;

interface Entry {
  /** The newest that is built. */
  model?: Model;
  /** The next one. */
  building?: Promise<Model>;
  /** The knowledge has changed since the building began. */
  isStale: boolean;
  timer?: ReturnType<typeof setTimeout>;
  unfollow: Promise<() => void>;
}

/** The models of the workspaces that were asked last. Each follows its workspace's knowledge. */
export class Models {
  #entries = new Map<string, Entry>();

  constructor(
    readonly store: RecordStore,
    readonly onFault: (error: unknown) => void,
    readonly most = mostBytes,
  ) {}

  /**
   * The model of a workspace. While a newer one is built the former one answers, unless the newest is asked for.
   * Concurrent calls build once.
   * @throws {Unavailable}
   */
  async get(workspace: string, { newest = false } = {}): Promise<Model> {
    const entry = this.#entries.get(workspace) ?? this.#follow(workspace);
    // Moved to the end: the first is the one that was not used for longest.
    this.#entries.delete(workspace);
    this.#entries.set(workspace, entry);
    if (entry.model && !newest) return entry.model;
    // A build that fails is repeated below.
    if (newest && entry.isStale) await entry.building?.catch(() => {});
    if (entry.model && !entry.isStale && !entry.building) return entry.model;
    return await this.#build(workspace, entry);
  }

  /** Finds passages of a workspace. @throws {Unavailable} */
  async index(workspace: string): Promise<PassageIndex> {
    const index = await (await this.get(workspace)).index();
    this.#evict(workspace);
    return index;
  }

  /** Workspaces whose models are kept. */
  get kept(): string[] {
    return [...this.#entries.keys()];
  }

  /** Drops all models. Resolves when none is being built any more. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    for (const workspace of this.kept) this.#drop(workspace);
    await Promise.allSettled(entries.flatMap(({ building, unfollow }) => [building, unfollow]));
  }

  #follow(workspace: string): Entry {
    const change = { owner: workspace, collection: knowledgeHeads.name };
    const entry: Entry = {
      isStale: false,
      unfollow: this.store.changes.follow(change, () => this.#changed(workspace, entry)),
    };
    entry.unfollow.catch(() => {});
    return entry;
  }

  #changed(workspace: string, entry: Entry): void {
    entry.isStale = true;
    if (entry.timer !== undefined) return;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      if (entry.isStale) this.#build(workspace, entry).catch(this.onFault);
    }, settleMs);
  }

  #build(workspace: string, entry: Entry): Promise<Model> {
    return entry.building ??= this.#built(workspace, entry).finally(() => {
      entry.building = undefined;
      if (entry.isStale && this.#isKept(workspace, entry)) this.#changed(workspace, entry);
    });
  }

  async #built(workspace: string, entry: Entry): Promise<Model> {
    try {
      await entry.unfollow;
      entry.isStale = false;
      const model = await Model.build(this.store, workspace);
      entry.model = model;
      // Erased, or nothing was ever written: the next question looks again.
      if (model.head === 0 && this.#isKept(workspace, entry)) this.#drop(workspace);
      this.#evict(workspace);
      return model;
    } catch (error) {
      if (!entry.model && this.#isKept(workspace, entry)) this.#drop(workspace);
      throw error;
    }
  }

  #isKept(workspace: string, entry: Entry): boolean {
    return this.#entries.get(workspace) === entry;
  }

  #evict(latest: string): void {
    const bytes = () => [...this.#entries.values()].reduce((sum, { model }) => sum + (model?.bytes ?? 0), 0);
    for (const workspace of this.kept) {
      if (this.#entries.size <= mostModels && bytes() <= this.most) return;
      if (workspace !== latest) this.#drop(workspace);
    }
  }

  #drop(workspace: string): void {
    const entry = this.#entries.get(workspace);
    this.#entries.delete(workspace);
    clearTimeout(entry?.timer);
    void entry?.unfollow.then((unfollow) => unfollow(), () => {});
  }
}

import { computed, signal } from "@preact/signals";
import { call, CallFailed } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";

/** What both answers and articles have. */
interface Item {
  id: string;
  version: number;
  updated: string;
  by?: string;
}

/** One kind of what the bot knows. */
export interface Kind<Fields extends object> {
  path: "/messages/api/answers" | "/messages/api/articles";
  empty: Fields;
}

/** A field that two have changed at once. */
export interface Clash<Fields> {
  field: keyof Fields;
  theirs: Fields[keyof Fields];
  ours: Fields[keyof Fields];
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** An answer or an article that is edited. What was typed stays until it is saved or discarded. */
export class ItemDraft<Fields extends object, Seen extends Item & Fields> {
  readonly saved = signal<Seen | undefined>(undefined);
  readonly now;
  /** Problems by the service's name of the field. */
  readonly wrong = signal<Record<string, string>>({});
  /** A problem of no field. */
  readonly problem = signal("");
  readonly isBusy = signal(false);
  readonly isGone = signal(false);
  /** Set where somebody else has changed the same fields. */
  readonly clashes = signal<readonly Clash<Fields>[]>([]);
  readonly patch = computed(() => this.#patchOf(this.saved.value ?? this.kind.empty, this.now.value));
  readonly isChanged = computed(() => Object.keys(this.patch.value).length > 0);

  /** Without an id, a new one. */
  constructor(readonly kind: Kind<Fields>, readonly id?: string) {
    this.now = signal<Fields>(kind.empty);
  }

  /** Loads it; fields that are being edited stay. */
  async load(): Promise<void> {
    if (this.id === undefined) return;
    this.problem.value = "";
    try {
      const seen = await this.#fetch();
      const before = this.saved.value;
      if (before && before.version !== seen.version && this.isChanged.value) this.#rebase(seen);
      else if (!this.isChanged.value || !before) this.#show(seen);
    } catch (error) {
      this.#failed(error);
    }
  }

  set(change: Partial<Fields>): void {
    this.now.value = { ...this.now.value, ...change };
    const names = Object.keys(change);
    const left = Object.entries(this.wrong.value).filter(([field]) => !names.includes(field.split(".")[0]!));
    this.wrong.value = Object.fromEntries(left);
    this.problem.value = "";
  }

  discard(): void {
    this.now.value = this.#fieldsOf(this.saved.value ?? this.kind.empty);
    this.wrong.value = {};
    this.problem.value = "";
    this.clashes.value = [];
  }

  /** Saves the changes; undefined where that failed, and `wrong`, `problem` or `clashes` say why. */
  async save(): Promise<Seen | undefined> {
    if (this.isBusy.value) return undefined;
    this.isBusy.value = true;
    this.wrong.value = {};
    this.problem.value = "";
    try {
      return await this.#send();
    } catch (error) {
      this.#failed(error);
      return undefined;
    } finally {
      this.isBusy.value = false;
    }
  }

  /** What the others wrote replaces what was typed in the fields that both changed. */
  takeTheirs(): void {
    const theirs = Object.fromEntries(this.clashes.value.map(({ field, theirs }) => [field, theirs]));
    this.now.value = { ...this.now.value, ...theirs };
    this.clashes.value = [];
  }

  async #send(): Promise<Seen> {
    const sent = this.now.value;
    if (this.id === undefined) {
      const made = await call<Seen>("POST", this.kind.path, sent);
      this.now.value = this.kind.empty;
      return made;
    }
    // Two rounds: what somebody else has changed in other fields is merged at once.
    for (let round = 0;; round++) {
      const { version } = this.saved.value!;
      try {
        const seen = await call<Seen>("PATCH", `${this.kind.path}/${this.id}`, {
          ...this.patch.value,
          version,
        });
        // Typed while it was being saved.
        const later = this.#patchOf(sent as Fields, this.now.value);
        this.saved.value = seen;
        this.now.value = { ...this.#fieldsOf(seen), ...later };
        this.clashes.value = [];
        return seen;
      } catch (error) {
        if (!(error instanceof CallFailed) || error.code !== "conflict") throw error;
        this.#rebase(await this.#fetch());
        if (this.clashes.value.length > 0 || round > 0) throw error;
      }
    }
  }

  #fetch(): Promise<Seen> {
    return call<Seen>("GET", `${this.kind.path}/${this.id}`);
  }

  #show(seen: Seen): void {
    this.saved.value = seen;
    this.now.value = this.#fieldsOf(seen);
  }

  /** Goes on from what somebody else has saved, with the fields that were changed here. */
  #rebase(seen: Seen): void {
    const base = this.saved.value!,
      ours = this.patch.value,
      theirs = this.#patchOf(base, this.#fieldsOf(seen));
    this.clashes.value = (Object.keys(ours) as (keyof Fields)[])
      .filter((field) => field in theirs && !isSame(ours[field], theirs[field]))
      .map((field) => ({ field, theirs: seen[field], ours: this.now.value[field] }));
    this.saved.value = seen;
    this.now.value = { ...this.#fieldsOf(seen), ...ours };
  }

  #failed(error: unknown): void {
    if (!(error instanceof CallFailed)) throw error;
    this.isGone.value = error.status === 404;
    if (this.clashes.value.length > 0) return;
    this.wrong.value = error.fields;
    if (Object.keys(error.fields).length === 0) this.problem.value = failureWords(error);
  }

  #fieldsOf(item: Fields): Fields {
    const names = Object.keys(this.kind.empty) as (keyof Fields)[];
    return Object.fromEntries(names.map((name) => [name, item[name] ?? this.kind.empty[name]])) as Fields;
  }

  #patchOf(before: Fields, after: Fields): Partial<Fields> {
    const was = this.#fieldsOf(before);
    const changed = Object.entries(after).filter(([name, value]) =>
      !isSame(value, was[name as keyof Fields])
    );
    return Object.fromEntries(changed) as Partial<Fields>;
  }
}

/** Drafts of this page, so that navigation within the portal loses nothing that was typed. */
const drafts = new Map<string, ItemDraft<object, Item>>();

/** The draft of an item of the workspace, as it was left. */
export function draftOf<Fields extends object, Seen extends Item & Fields>(
  kind: Kind<Fields>,
  { username, workspace, id }: { username: string; workspace: string; id?: string | undefined },
): ItemDraft<Fields, Seen> {
  // By account too: the next one who signs in here sees nothing of it.
  const key = keyOf(username, workspace, kind.path, id ?? "");
  let draft = drafts.get(key);
  if (!draft) {
    for (const [other, { isChanged }] of drafts) if (!isChanged.value) drafts.delete(other);
    drafts.set(key, draft = new ItemDraft(kind, id) as unknown as ItemDraft<object, Item>);
  }
  return draft as unknown as ItemDraft<Fields, Seen>;
}

const keyOf = (...parts: string[]) => parts.join(" ");

/** Whether an item has unsaved changes in this page. */
export const hasDraft = (username: string, workspace: string, path: string, id: string): boolean =>
  drafts.get(keyOf(username, workspace, path, id))?.isChanged.value ?? false;

addEventListener("beforeunload", (event) => {
  if ([...drafts.values()].some(({ isChanged }) => isChanged.value)) event.preventDefault();
});

import { computed, signal } from "@preact/signals";
import type { FlowDraft, FlowSeen, FlowState, FlowTurn, Step } from "../../../../protocol/flows.ts";
import { call, CallFailed } from "../../service/calls.ts";

export type { FlowDraft, Step };

/** A line of the try-out. */
export interface Tried {
  from: "bot" | "visitor";
  text: string;
  buttons?: { id: string; label: string }[];
}

const path = "/messages/api/flows";
const emptyFlow: FlowDraft = {
  title: "",
  start: { phrases: [] },
  steps: [{ id: "step1", do: "ask", text: "", into: "answer1", as: "text", tries: 2 }],
  locales: {},
  enabled: true,
};

/** A flow that is edited, with its try-out. */
export class FlowEditing {
  readonly draft = signal<FlowDraft>(emptyFlow);
  readonly state = signal<"loading" | "there" | "failed">("loading");
  readonly error = signal<unknown>(undefined);
  readonly isBusy = signal(false);
  readonly isSaved = signal(false);
  /** Problems of the last save, else of the try-out. */
  readonly problems = computed(() => ({ ...this.#tryProblems.value, ...this.#saveProblems.value }));
  readonly isConflict = computed(() =>
    this.error.value instanceof CallFailed && this.error.value.code === "conflict"
  );
  readonly #saved = signal<FlowDraft>(emptyFlow);
  readonly isChanged = computed(() => JSON.stringify(this.draft.value) !== JSON.stringify(this.#saved.value));
  readonly tried = signal<Tried[]>([]);
  readonly done = signal<FlowTurn["done"]>(undefined);
  readonly isOpen = signal(true);
  readonly #saveProblems = signal<Record<string, string>>({});
  readonly #tryProblems = signal<Record<string, string>>({});
  #inputs: { text: string; button?: string }[] = [];
  #version = 0;
  #run = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(public id: string | undefined, readonly starter?: FlowDraft) {}

  /** Shows it as it was left, else as it is stored. */
  async open(): Promise<void> {
    if (this.state.value === "there" && this.isChanged.value) this.#tryLater();
    else await this.load();
  }

  /** Back to what is stored. */
  discard(): void {
    this.error.value = undefined;
    this.edit(this.#saved.value);
  }

  async load(): Promise<void> {
    this.error.value = undefined;
    try {
      if (this.id !== undefined) this.#take(await call<FlowSeen>("GET", `${path}/${this.id}`));
      else this.draft.value = this.#saved.value = this.starter ?? emptyFlow;
      this.state.value = "there";
      this.#tryLater();
    } catch (error) {
      this.error.value = error;
      this.state.value = "failed";
    }
  }

  edit(change: Partial<FlowDraft>): void {
    this.draft.value = { ...this.draft.value, ...change };
    this.isSaved.value = false;
    this.#saveProblems.value = {};
    this.#tryLater();
  }

  editStep(at: number, step: Step): void {
    this.edit({ steps: this.draft.value.steps.map((one, i) => i === at ? step : one) });
  }

  addStep(): void {
    const { steps } = this.draft.value, ids = new Set(steps.map(({ id }) => id));
    let n = steps.length + 1;
    while (ids.has(`step${n}`)) n++;
    this.edit({ steps: [...steps, { id: `step${n}`, do: "say", text: "" }] });
  }

  removeStep(at: number): void {
    this.edit({ steps: this.draft.value.steps.filter((_, i) => i !== at) });
  }

  moveStep(at: number, by: -1 | 1): void {
    const steps = [...this.draft.value.steps], [step] = steps.splice(at, 1);
    steps.splice(at + by, 0, step!);
    this.edit({ steps });
  }

  /** Returns the id once it is saved. */
  async save(): Promise<string | undefined> {
    if (this.isBusy.value) return undefined;
    this.isBusy.value = true;
    this.error.value = undefined;
    try {
      const sent = this.#sent(), before = this.draft.value;
      const seen = this.id === undefined
        ? await call<FlowSeen>("POST", path, sent)
        : await call<FlowSeen>("PATCH", `${path}/${this.id}`, { ...sent, version: this.#version });
      const typed = this.draft.value;
      this.#take(seen);
      // Typed while it was being saved.
      if (typed !== before) this.draft.value = typed;
      this.isSaved.value = true;
      return this.id;
    } catch (error) {
      this.error.value = error;
      this.#saveProblems.value = error instanceof CallFailed ? error.fields : {};
      return undefined;
    } finally {
      this.isBusy.value = false;
    }
  }

  /** Saves over what somebody else has saved. */
  async saveOver(): Promise<void> {
    try {
      this.#version = (await call<FlowSeen>("GET", `${path}/${this.id}`)).version;
    } catch (error) {
      this.error.value = error;
      return;
    }
    await this.save();
  }

  async remove(): Promise<void> {
    if (this.id !== undefined) await call("DELETE", `${path}/${this.id}`);
  }

  answer(text: string, button?: string): void {
    this.#inputs.push({ text, ...(button !== undefined && { button }) });
    void this.#try();
  }

  restart(): void {
    this.#inputs = [];
    void this.#try();
  }

  setOpen(isOpen: boolean): void {
    this.isOpen.value = isOpen;
    this.restart();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#run++;
  }

  #take({ id, version, updated: _, by: __, ...draft }: FlowSeen): void {
    this.id = id;
    this.#version = version;
    this.draft.value = this.#saved.value = draft;
  }

  /** What is sent: texts of steps that are gone are left out. */
  #sent(): FlowDraft {
    const draft = this.draft.value, ids = new Set(draft.steps.map(({ id }) => id));
    const locales = Object.entries(draft.locales).map(([tag, texts]) => [
      tag,
      Object.fromEntries(Object.entries(texts).filter(([id]) => ids.has(id))),
    ]);
    return { ...draft, locales: Object.fromEntries(locales) };
  }

  #tryLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#try(), 400);
  }

  /** Says again what was said so far, to the flow as it is now. */
  async #try(): Promise<void> {
    const run = ++this.#run, lines: Tried[] = [];
    const hours = this.isOpen.value ? "open" : "closed", language = document.documentElement.lang || "en";
    const world = { online: this.isOpen.value, hours, language };
    // A try-out needs neither.
    const flow: FlowDraft = { ...this.#sent(), title: "-", start: { button: true } };
    let state: FlowState | undefined, done: FlowTurn["done"], used = 0;
    try {
      for (const input of [{ text: "" }, ...this.#inputs]) {
        if (used++ > 0) lines.push({ from: "visitor", text: input.text });
        const turn: FlowTurn = await call("POST", `${path}/try`, {
          flow,
          ...(state && { state }),
          input: { ...input, world },
        });
        if (run !== this.#run) return;
        lines.push(...turn.says.map((one): Tried => ({ from: "bot", ...one })));
        ({ state, done } = turn);
        if (!state) break;
      }
      this.#inputs.length = Math.min(this.#inputs.length, used - 1);
      this.#tryProblems.value = {};
      this.tried.value = lines;
      this.done.value = done;
    } catch (error) {
      if (run !== this.#run) return;
      this.#tryProblems.value = error instanceof CallFailed ? error.fields : {};
    }
  }
}

/** Flows that are edited in this page, so that going elsewhere in the portal loses nothing that was typed. */
let kept: { account: string; editing: FlowEditing }[] = [];

/** A flow as it was left in this page; another starter begins anew. */
export function editingOf(
  { username, workspace, id }: { username: string; workspace: string; id: string | undefined },
  starter?: FlowDraft,
): FlowEditing {
  // By account too: the next one who signs in here sees nothing of it.
  const account = `${username} ${workspace}`;
  kept = kept.filter(({ editing }) => editing.isChanged.value);
  const known = kept.find((one) => one.account === account && one.editing.id === id);
  if (known && (!starter || known.editing.starter === starter)) return known.editing;
  const editing = new FlowEditing(id, starter);
  kept = [...kept.filter((one) => one !== known), { account, editing }];
  return editing;
}

addEventListener("beforeunload", (event) => {
  if (kept.some(({ editing }) => editing.isChanged.value)) event.preventDefault();
});

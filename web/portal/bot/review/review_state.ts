import { computed, signal } from "@preact/signals";
import type { QuestionGroup, Review, ReviewAct, Reviewed } from "../../../../protocol/bot_review.ts";
import { call, CallFailed } from "../../service/calls.ts";

/** What was decided about a group; `taken`: by a colleague. */
export type Decision = { kind: "assigned" | "new"; title: string } | { kind: "dismissed" | "taken" };

interface Shown {
  group: QuestionGroup;
  decision?: Decision;
}

type Act = Omit<ReviewAct, "questions">;

/** The questions of one sitting, what was decided about them, and the one that is looked at. */
export class ReviewState {
  readonly state = signal<"loading" | "there" | "failed">("loading");
  readonly shown = signal<readonly Shown[]>([]);
  readonly at = signal(0);
  /** A decision is on its way. */
  readonly busy = signal(false);
  /** What the last decision did, or why it was not made. */
  readonly told = signal<{ decision?: Decision | { kind: "undone" }; error?: unknown }>({});
  /** Questions beyond those that are shown may wait. */
  readonly hasMore = signal(false);
  readonly done = computed(() => this.shown.value.filter(({ decision }) => decision).length);
  readonly current = computed(() => this.shown.value[this.at.value]);
  #history: number[] = [];

  async load(): Promise<void> {
    this.state.value = "loading";
    try {
      const { groups, waiting } = await call<Review>("GET", "/messages/api/bot/review");
      this.shown.value = groups.map((group) => ({ group }));
      this.hasMore.value = waiting > groups.reduce((sum, { questions }) => sum + questions.length, 0);
      this.at.value = 0;
      this.#history = [];
      this.state.value = "there";
    } catch (error) {
      this.told.value = { error };
      this.state.value = "failed";
    }
  }

  move(by: number): void {
    const { length } = this.shown.value;
    this.at.value = Math.min(length - 1, Math.max(0, this.at.value + by));
  }

  get canUndo(): boolean {
    return this.#history.length > 0;
  }

  /** Carries out a decision about the present group, and goes on to the next one. Returns whether it was made. */
  async decide(act: Act): Promise<boolean> {
    const index = this.at.value, shown = this.shown.value[index];
    if (!shown || shown.decision || this.busy.value) return false;
    return await this.#busy(async () => {
      try {
        const { answer } = await this.#send(shown.group, act);
        this.#history.push(index);
        const decision: Decision = answer
          ? { kind: act.new ? "new" : "assigned", title: answer.title }
          : { kind: "dismissed" };
        this.#decided(index, decision);
      } catch (error) {
        if (!(error instanceof CallFailed) || error.code !== "already_reviewed") throw error;
        this.#decided(index, { kind: "taken" });
      }
    });
  }

  /** Takes the last decision back. */
  async undo(): Promise<void> {
    const index = this.#history.at(-1);
    if (index === undefined || this.busy.value) return;
    await this.#busy(async () => {
      await this.#send(this.shown.value[index]!.group, { undo: true });
      this.#history.pop();
      this.#put(index, undefined);
      this.at.value = index;
      this.told.value = { decision: { kind: "undone" } };
    });
  }

  #send({ questions }: QuestionGroup, act: Act): Promise<Reviewed> {
    return call<Reviewed>("POST", "/messages/api/bot/review", { questions, ...act });
  }

  async #busy(act: () => Promise<void>): Promise<boolean> {
    this.busy.value = true;
    try {
      await act();
      return true;
    } catch (error) {
      this.told.value = { error };
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  #decided(index: number, decision: Decision): void {
    this.#put(index, decision);
    this.told.value = { decision };
    const all = this.shown.value;
    const next = [...all.keys()].map((i) => (index + 1 + i) % all.length).find((i) => !all[i]!.decision);
    if (next !== undefined) this.at.value = next;
  }

  #put(index: number, decision: Decision | undefined): void {
    this.shown.value = this.shown.value.map((one, i) => i === index ? { group: one.group, decision } : one);
  }
}

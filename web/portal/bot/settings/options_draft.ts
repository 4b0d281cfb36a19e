import { computed, signal } from "@preact/signals";
import type { BotSettings, Chatbot } from "../../../../protocol/chatbot.ts";
import { call, CallFailed } from "../../service/calls.ts";
import { patchOf } from "../../settings/state/patch.ts";
import { failureWords } from "../../words/failure_words.ts";

/** The bot's settings being edited. Outlives the page, so that navigating away loses nothing typed. */
export class OptionsDraft {
  readonly saved = signal<BotSettings | undefined>(undefined);
  readonly now = signal<BotSettings | undefined>(undefined);
  /** Problems by field. */
  readonly wrong = signal<Record<string, string>>({});
  readonly problem = signal("");
  readonly isBusy = signal(false);
  /** How often it was saved. */
  readonly saves = signal(0);
  readonly patch = computed(() => this.saved.value ? patchOf(this.saved.value, this.now.value!) : {});
  readonly isChanged = computed(() => Object.keys(this.patch.value).length > 0);

  async load(): Promise<void> {
    this.problem.value = "";
    try {
      const { bot } = await call<Chatbot>("GET", "/chatbot/api");
      if (!this.isChanged.value) this.#show(bot);
    } catch (error) {
      this.#failed(error);
    }
  }

  set(change: Partial<BotSettings>): void {
    this.now.value = { ...this.now.value!, ...change };
    this.wrong.value = {};
    this.problem.value = "";
  }

  discard(): void {
    this.now.value = this.saved.value;
    this.wrong.value = {};
    this.problem.value = "";
  }

  /** Saves what was changed; if that fails, `wrong` and `problem` say why. */
  async save(): Promise<void> {
    if (this.isBusy.value || !this.isChanged.value) return;
    this.isBusy.value = true;
    this.wrong.value = {};
    this.problem.value = "";
    const sent = this.now.value!;
    try {
      const { bot } = await call<Chatbot>("POST", "/chatbot/api", { bot: this.patch.value });
      // Typed while it was being saved.
      const later = patchOf(sent, this.now.value!);
      this.#show(bot);
      if (Object.keys(later).length > 0) this.now.value = { ...bot, ...later };
      this.saves.value++;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.isBusy.value = false;
    }
  }

  #show(bot: BotSettings): void {
    this.saved.value = bot;
    this.now.value = bot;
  }

  #failed(error: unknown): void {
    if (!(error instanceof CallFailed)) throw error;
    const fields = Object.entries(error.fields).map(([field, said]) => [field.replace(/^bot\./, ""), said]);
    this.wrong.value = Object.fromEntries(fields);
    if (fields.length === 0) this.problem.value = failureWords(error);
  }
}

let kept: { key: string; draft: OptionsDraft } | undefined;

/** The draft of the account in a workspace, as it was left. */
export function optionsOf({ username, workspace }: { username: string; workspace: string }): OptionsDraft {
  const key = `${username} ${workspace}`;
  if (kept?.key !== key) kept = { key, draft: new OptionsDraft() };
  return kept.draft;
}

addEventListener("beforeunload", (event) => {
  if (kept?.draft.isChanged.value) event.preventDefault();
});

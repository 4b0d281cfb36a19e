import { computed, signal } from "@preact/signals";
import type { Chatbot, ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { wrongHours } from "./hours.ts";
import { wrongOrigins } from "./origins.ts";
import { patchOf, rebased } from "./patch.ts";
import { CallFailed } from "../../service/calls.ts";
import { fetchChatbot, saveChatbot } from "./settings_calls.ts";
import { problemOf } from "../words/settings_words.ts";

export type Wrong = Record<string, string>;

/** The chatbot's settings being edited. Outlives the page, so that navigating away loses nothing typed. */
export class ChatbotDraft {
  readonly saved = signal<ChatbotSettings | undefined>(undefined);
  readonly now = signal<ChatbotSettings | undefined>(undefined);
  /** The allowed origins as typed, including empty lines. */
  readonly text = signal<string | undefined>(undefined);
  /** Problems by field. */
  readonly wrong = signal<Wrong>({});
  /** A problem of no field, such as an unreachable service. */
  readonly problem = signal("");
  readonly state = signal<"still" | "saving" | "saved">("still");
  readonly patch = computed(() =>
    this.saved.value && this.now.value ? patchOf(this.saved.value, this.now.value) : {}
  );
  readonly isChanged = computed(() => Object.keys(this.patch.value).length > 0);

  /** Loads the chatbot, unless there are unsaved changes. @throws {CallFailed} */
  async load(): Promise<void> {
    if (this.isChanged.value) return;
    const before = this.saved.value;
    const answer = settingsOf(await fetchChatbot());
    // Saved meanwhile: that result is newer.
    if (this.saved.value !== before) return;
    this.now.value = before ? rebased(before, this.now.value!, answer) : answer;
    this.saved.value = answer;
  }

  set(change: Partial<ChatbotSettings>): void {
    this.now.value = { ...this.now.value!, ...change };
    this.state.value = "still";
    this.#mend(Object.keys(change));
  }

  discard(): void {
    this.now.value = this.saved.value;
    this.wrong.value = {};
    this.problem.value = "";
  }

  /** Saves the changes. Returns whether they are saved; if not, `wrong` and `problem` say why, and the changes stay. */
  async save(): Promise<boolean> {
    const sent = this.now.value!;
    this.problem.value = "";
    this.wrong.value = { ...wrongOrigins(sent.allowed_origins), ...wrongHours(sent.business_hours.ranges) };
    if (Object.keys(this.wrong.value).length > 0 || this.state.value === "saving") return false;
    this.state.value = "saving";
    try {
      const answer = settingsOf(await saveChatbot(this.patch.value));
      this.saved.value = answer;
      this.now.value = rebased(sent, this.now.value!, answer);
      this.state.value = this.isChanged.value ? "still" : "saved";
      return true;
    } catch (error) {
      this.state.value = "still";
      if (!(error instanceof CallFailed)) throw error;
      this.wrong.value = error.fields;
      if (Object.keys(error.fields).length === 0) this.problem.value = problemOf(error);
      return false;
    }
  }

  /** Editing a field clears its problem. */
  #mend(names: string[]): void {
    const left = Object.entries(this.wrong.value).filter(([field]) => !names.includes(field.split(".")[0]!));
    this.wrong.value = Object.fromEntries(left);
  }
}

function settingsOf({ username: _, updated: __, ...settings }: Chatbot): ChatbotSettings {
  return settings;
}

import { computed, signal } from "@preact/signals";
import type { Chatbot, ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { wrongHours } from "./hours.ts";
import { wrongOrigins } from "./origins.ts";
import { patchOf, rebased } from "./patch.ts";
import { CallFailed } from "../../service/calls.ts";
import { fetchChatbot, saveChatbot } from "./settings_calls.ts";
import { problemOf } from "../words/settings_words.ts";

export type Wrong = Record<string, string>;

/** The chatbot's settings as they are being edited. It outlives the page, so that nothing typed is lost by looking elsewhere. */
export class ChatbotDraft {
  readonly saved = signal<ChatbotSettings | undefined>(undefined);
  readonly now = signal<ChatbotSettings | undefined>(undefined);
  /** The allowed origins as they were typed, with the empty lines that no list has. */
  readonly text = signal<string | undefined>(undefined);
  /** What is wrong, by field as the service names it. */
  readonly wrong = signal<Wrong>({});
  /** What is wrong with none of the fields: the service was not reached, say. */
  readonly problem = signal("");
  readonly state = signal<"still" | "saving" | "saved">("still");
  readonly patch = computed(() =>
    this.saved.value && this.now.value ? patchOf(this.saved.value, this.now.value) : {}
  );
  readonly isChanged = computed(() => Object.keys(this.patch.value).length > 0);

  /** Reads the chatbot, unless there are changes that would be lost. @throws {CallFailed} */
  async load(): Promise<void> {
    if (this.isChanged.value) return;
    const before = this.saved.value;
    const answer = settingsOf(await fetchChatbot());
    // Saved meanwhile: what came of that is newer.
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

  /** Sends what has changed. Whether it is saved; if not, `wrong` and `problem` say why, and the changes stay. */
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

  /** What is wrong with a field is no longer so once it is edited. */
  #mend(names: string[]): void {
    const left = Object.entries(this.wrong.value).filter(([field]) => !names.includes(field.split(".")[0]!));
    this.wrong.value = Object.fromEntries(left);
  }
}

function settingsOf({ username: _, updated: __, ...settings }: Chatbot): ChatbotSettings {
  return settings;
}

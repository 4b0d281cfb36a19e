import type { ChatbotSettings } from "../../protocol/chatbot.ts";
import type { Chat } from "../chat.ts";
import { isAvailable } from "../chatbots/availability.ts";
import { isOpenAt } from "../chatbots/business_hours.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { UnknownAdmin } from "../errors.ts";

/** How long it is remembered who answers in a workspace. Milliseconds. */
const knownMs = 10_000;
/** Workspaces of which it is remembered. */
const mostKnown = 10_000;

type Settings = Pick<ChatbotSettings, "bot" | "away" | "business_hours" | "holidays">;

interface Known {
  /** Absent: the bot does not answer. */
  settings?: Settings;
  until: number;
}

/** Knows in which workspaces the bot answers. Other processes' changes are seen after `knownMs`. */
export class BotSwitch {
  #known = new Map<string, Known>();

  constructor(readonly chat: Pick<Chat, "store" | "audience" | "now">) {}

  /** Whether a visitor's text that begins a conversation goes to the bot now. @throws {Unavailable} */
  takes(workspace: string): boolean | Promise<boolean> {
    const known = this.#known.get(workspace);
    if (!known) return this.#read(workspace).then((settings) => this.#isOn(workspace, settings));
    if (known.until < performance.now()) {
      // One look-up at a time; a failed one is repeated later.
      known.until = performance.now() + knownMs;
      void this.#read(workspace).catch(() => {});
    }
    return known.settings !== undefined && this.#isOn(workspace, known.settings);
  }

  /** The settings have changed. */
  forget(workspace: string): void {
    this.#known.delete(workspace);
  }

  #isOn(workspace: string, settings: Settings | undefined): boolean {
    if (!settings) return false;
    const { bot: { when } } = settings, { audience, now } = this.chat, at = new Date(now());
    if (when === "outside_hours") return !isOpenAt(settings, at);
    return when === "always" || !isAvailable(settings, audience.isAdminOnline(workspace), at);
  }

  async #read(workspace: string): Promise<Settings | undefined> {
    const found = await settingsOf(this.chat, workspace);
    const settings = found?.bot.mode === "answer" ? found : undefined;
    this.#known.delete(workspace);
    this.#known.set(workspace, { settings, until: performance.now() + knownMs });
    if (this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value!);
    return settings;
  }
}

async function settingsOf(chat: Pick<Chat, "store">, workspace: string): Promise<Settings | undefined> {
  try {
    return await chatbotOf(chat, workspace);
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

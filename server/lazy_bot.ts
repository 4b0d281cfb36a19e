import type { Bot, SuggestedAnswer } from "../chat/bot/bot.ts";
import type { BotSwitch } from "../chat/bot/bot_switch.ts";
import type { Appended, RoomKey, RoomRecord } from "../db/store.ts";
import type { BotTried, BotTry, ReportCard } from "../protocol/bot_try.ts";
import type { RunningBot } from "../bot/running_bot.ts";

type Surroundings = Parameters<typeof import("../bot/running_bot.ts").openBot>[0];

/** Confidence from which an answer is suggested to agents. */
const suggestedFrom = 0.35;

// A literal import would be read at every start.
const load = () =>
  import(import.meta.resolve("../bot/running_bot.ts")) as Promise<typeof import("../bot/running_bot.ts")>;

const loadSwitch = () =>
  import(import.meta.resolve("../chat/bot/bot_switch.ts")) as Promise<
    typeof import("../chat/bot/bot_switch.ts")
  >;

/** The bot, whose code is loaded when a visitor first writes to it: most workspaces have none. */
export class LazyBot implements Bot {
  #switch: Promise<BotSwitch> | undefined;
  #known: BotSwitch | undefined;
  #opening: Promise<RunningBot | undefined> | undefined;
  #bot: RunningBot | undefined;
  #stopped = false;

  constructor(readonly surroundings: Surroundings) {}

  get hasModel(): boolean {
    return this.surroundings.llm !== undefined;
  }

  takes(workspace: string): boolean | Promise<boolean> {
    return this.#known?.takes(workspace) ?? this.#takesSoon(workspace);
  }

  texted(appended: Appended): void {
    this.#use(({ turns }) => turns.texted(appended));
  }

  addressed(appended: Appended): void {
    this.#use(({ turns }) => turns.addressed(appended));
  }

  left(key: RoomKey): void {
    this.#bot?.turns.left(key);
  }

  due(room: RoomRecord): void {
    this.#use(({ turns }) => turns.due(room));
  }

  changed(workspace: string): void {
    this.#known?.forget(workspace);
    void this.#handOverIfOff(workspace).catch(this.surroundings.onFault);
  }

  async guesses(workspace: string, text: string): Promise<SuggestedAnswer[]> {
    return await (await this.#open())?.guesses(workspace, text) ?? [];
  }

  async suggest(workspace: string, text: string): Promise<SuggestedAnswer[]> {
    const mode = (await this.surroundings.chat.store.chatbot(workspace))?.settings.bot?.mode ?? "off";
    if (mode === "off") return [];
    return (await this.guesses(workspace, text)).filter(({ confidence }) => confidence >= suggestedFrom);
  }

  async tryOut(workspace: string, asked: BotTry): Promise<BotTried | undefined> {
    return await (await this.#open())?.tryOut(workspace, asked);
  }

  async reportCard(workspace: string): Promise<ReportCard | undefined> {
    return await (await this.#open())?.reportCard(workspace);
  }

  /** Resolves when no turn runs any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await (await this.#opening)?.close();
  }

  async #takesSoon(workspace: string): Promise<boolean> {
    this.#switch ??= loadSwitch().then(({ BotSwitch }) => new BotSwitch(this.surroundings.chat));
    this.#switch.catch(() => this.#switch = undefined);
    return await (this.#known = await this.#switch).takes(workspace);
  }

  async #handOverIfOff(workspace: string): Promise<void> {
    const { chat: { store } } = this.surroundings;
    if ((await store.chatbot(workspace))?.settings.bot?.mode === "answer") return;
    const query = { limit: 1, filter: "all", messages: 0, box: { kind: "bot" } } as const;
    if ((await store.rooms(workspace, query)).rooms.length > 0) {
      this.#use(({ turns }) => turns.changed(workspace));
    }
  }

  #use(act: (bot: RunningBot) => void): void {
    if (this.#bot && !this.#stopped) return act(this.#bot);
    void this.#open().then((bot) => bot && !this.#stopped && act(bot));
  }

  /** A failure to load it is repeated with the next use. */
  #open(): Promise<RunningBot | undefined> {
    return this.#opening ??= load().then(({ openBot }) => {
      if (this.#stopped) return undefined;
      return this.#bot = openBot(this.surroundings);
    }).catch((error) => {
      this.#opening = undefined;
      this.surroundings.onFault(error);
      return undefined;
    });
  }
}

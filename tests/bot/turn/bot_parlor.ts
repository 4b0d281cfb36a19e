import type { TurnParts } from "../../../bot/turn/turn_parts.ts";
import { Turns } from "../../../bot/turn/turns.ts";
import type { Bot } from "../../../chat/bot/bot.ts";
import { BotSwitch } from "../../../chat/bot/bot_switch.ts";
import { answers } from "../../../db/collections/knowledge/answers.ts";
import type { AnswerSeen } from "../../../protocol/knowledge.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";
import { exactBrain } from "./exact_brain.ts";

/** Many visitors at one address. */
const noLimits = {
  ...{ LIMIT_ROOMS_PER_ADDRESS: "off", LIMIT_MESSAGES_PER_ADDRESS: "off" },
  ...{ LIMIT_SOCKETS_PER_ADDRESS: "off", LIMIT_FRAMES_PER_SOCKET: "off" },
};

/** A service whose bot has the brain of the tests, and one answer. */
export class BotParlor implements AsyncDisposable {
  readonly faults: unknown[] = [];

  private constructor(readonly parlor: Parlor, readonly admin: Admin, readonly turns: Turns) {}

  static async start(parts: Partial<TurnParts> = {}, bot: Record<string, unknown> = {}): Promise<BotParlor> {
    const parlor = await Parlor.start(noLimits), admin = await parlor.signUp("asha");
    const { chat } = parlor.running.service, faults: unknown[] = [];
    const turns = new Turns({
      ...{ chat, brain: exactBrain(chat.store), instance: crypto.randomUUID() },
      flow: () => Promise.resolve(undefined),
      greeting: () => Promise.resolve(undefined),
      onFault: (error) => faults.push(error),
      ...parts,
    });
    const known = new BotSwitch(chat);
    await (chat.bot as unknown as { stop(): Promise<void> }).stop();
    chat.bot = Object.assign(turns as unknown as Bot, { takes: (name: string) => known.takes(name) });
    const own = new BotParlor(parlor, admin, turns);
    Object.assign(own, { faults });
    await own.set({ mode: "answer", ...bot });
    await own.write({ title: "Where is my order?", body: "On its way." });
    return own;
  }

  get chat() {
    return this.parlor.running.service.chat;
  }

  async set(bot: Record<string, unknown>): Promise<Response> {
    const known = this.chat.bot as unknown as { takes: unknown };
    const fresh = new BotSwitch(this.chat);
    known.takes = (name: string) => fresh.takes(name);
    return await this.parlor.post("/chatbot/api", { bot }, { authorization: `Bearer ${this.admin.token}` });
  }

  /** Stores an answer. */
  async write(answer: Partial<AnswerSeen>): Promise<string> {
    const id = crypto.randomUUID().replaceAll("-", "").slice(0, 12);
    await answers.put(this.chat.store, {
      ...{ workspace: "asha", id, title: "", phrases: [], body: "", locales: {}, buttons: [], enabled: true },
      ...{ source: "manual", version: 1 },
      ...answer,
      updated: Date.now(),
    });
    return id;
  }

  /** A visitor's socket. */
  async visit() {
    const { consumer, token } = await this.parlor.visit(this.admin);
    return {
      consumer,
      socket: await this.parlor.chat(this.admin, consumer, token),
      key: { admin: "asha", consumer },
    };
  }

  async [Symbol.asyncDispose]() {
    await this.turns.stop();
    await this.parlor[Symbol.asyncDispose]();
  }
}

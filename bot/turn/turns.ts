import type { Appended, RoomKey, RoomRecord } from "../../db/store.ts";
import { RoomMap } from "../../db/room_key.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { UnknownAdmin } from "../../chat/errors.ts";
import { handOff } from "./hand_off.ts";
import { keepMailAddress } from "./mail_address.ts";
import { runTurn } from "./run_turn.ts";
import { NotOurs } from "./speaker.ts";
import type { TurnParts } from "./turn_parts.ts";

/** Texts that come so soon after each other are one question; it waits for no longer than the second. Milliseconds. */
export const gatheredMs = 700;
const mostGatheredMs = 3_000;
/** Longest turn: then people take over. Milliseconds. */
const longestTurnMs = 35_000;
/** Interval in which the bot says that it writes, which lapses without. Milliseconds. */
const typingMs = 4_000;
/** Rooms per page, of those that are handed over because the bot was switched off. */
const pageSize = 50;

/** A room whose visitor waits for the bot. */
interface Pending {
  key: RoomKey;
  /** Time of the first text. Of `performance`. */
  since: number;
  timer?: ReturnType<typeof setTimeout>;
  typing?: ReturnType<typeof setInterval>;
  /** Ends the turn that runs. */
  running?: AbortController;
  /** Something came while the turn ran. */
  again?: boolean;
}

/** Runs the bot's turns of this process: one at a time in a room, a moment after the visitor's last text. */
export class Turns {
  #rooms = new RoomMap<Pending>();
  #work = new Set<Promise<void>>();
  #stopped = false;

  constructor(readonly parts: TurnParts) {}

  /** Whether something is being done. */
  get busy(): boolean {
    return this.#work.size > 0;
  }

  /** A visitor's text was stored in a room of the bot. */
  texted({ room: { admin, consumer }, message }: Appended): void {
    const pending = this.#pendingOf({ admin, consumer });
    if (pending.running) return void (pending.again = true);
    this.#type(pending);
    const left = pending.since + mostGatheredMs - performance.now();
    // Whoever presses a button has said all.
    this.#schedule(pending, message.reply ? 0 : Math.max(0, Math.min(gatheredMs, left)));
  }

  /** A room is due. */
  due({ admin, consumer }: RoomRecord): void {
    if (this.#rooms.get({ admin, consumer })) return;
    this.#schedule(this.#pendingOf({ admin, consumer }), 0);
  }

  /** A room is not the bot's any more: its turn ends. */
  left(key: RoomKey): void {
    const pending = this.#rooms.get(key);
    if (pending?.running) return pending.running.abort(new NotOurs());
    if (pending) this.#end(pending);
  }

  /** Keeps a mail address that was asked for. */
  addressed(appended: Appended): void {
    this.#do(keepMailAddress(this.parts.chat, appended));
  }

  /** The settings of a workspace have changed: if the bot is off, people take over what it has. */
  changed(workspace: string): void {
    this.#do(this.#handOverAll(workspace));
  }

  /** Resolves when nothing is being done any more. What was not begun is found by another process, or after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const pending of this.#rooms.values()) {
      clearTimeout(pending.timer);
      clearInterval(pending.typing);
      pending.running?.abort(new NotOurs());
    }
    await Promise.all(this.#work);
  }

  #pendingOf(key: RoomKey): Pending {
    let pending = this.#rooms.get(key);
    if (!pending) this.#rooms.set(key, pending = { key, since: performance.now() });
    return pending;
  }

  #schedule(pending: Pending, ms: number): void {
    if (this.#stopped) return;
    clearTimeout(pending.timer);
    pending.timer = setTimeout(() => this.#do(this.#run(pending)), ms);
    Deno.unrefTimer(pending.timer as unknown as number);
  }

  async #run(pending: Pending): Promise<void> {
    const { key } = pending, running = pending.running = new AbortController();
    pending.again = false;
    try {
      await this.#turn(key, running);
    } finally {
      pending.running = undefined;
      if (pending.again && !this.#stopped) {
        pending.since = performance.now();
        this.#schedule(pending, gatheredMs);
      } else this.#end(pending);
    }
  }

  /** Whatever fails, people take over. Where even that fails, the room is due again soon. */
  async #turn(key: RoomKey, running: AbortController): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new DOMException("The turn takes too long", "TimeoutError"));
      running.abort(new NotOurs());
    }, longestTurnMs);
    const turn = runTurn(this.parts, key, running.signal);
    // After its time it is refused what it wants to say.
    turn.catch(() => {});
    try {
      await Promise.race([turn, late.promise]);
    } catch (error) {
      if (error instanceof NotOurs) return;
      const isLate = (error as Error).name === "TimeoutError";
      if (!isLate) this.parts.onFault(error);
      await handOff(this.parts.chat, key, { reason: isLate ? "timeout" : "failed" });
    } finally {
      clearTimeout(timer);
    }
  }

  async #handOverAll(workspace: string): Promise<void> {
    const { chat } = this.parts;
    if (await this.#answers(workspace)) return;
    const query = { limit: pageSize, filter: "all", messages: 0, box: { kind: "bot" } } as const;
    let cursor: string | undefined;
    do {
      const page = await chat.store.rooms(workspace, { ...query, cursor });
      for (const { room } of page.rooms) await handOff(chat, room, { reason: "off" });
      cursor = page.cursor;
    } while (cursor && !this.#stopped);
  }

  async #answers(workspace: string): Promise<boolean> {
    try {
      return (await chatbotOf(this.parts.chat, workspace)).bot.mode === "answer";
    } catch (error) {
      if (error instanceof UnknownAdmin) return true;
      throw error;
    }
  }

  #type(pending: Pending): void {
    if (pending.typing !== undefined) return;
    const { audience } = this.parts.chat, { key } = pending;
    const tell = () => audience.tell({ type: "typing", key, by: "admin", typing: true });
    pending.typing = setInterval(tell, typingMs);
    Deno.unrefTimer(pending.typing as unknown as number);
    tell();
  }

  #end({ key, timer, typing }: Pending): void {
    this.#rooms.delete(key);
    clearTimeout(timer);
    if (typing === undefined) return;
    clearInterval(typing);
    this.parts.chat.audience.tell({ type: "typing", key, by: "admin", typing: false });
  }

  #do(work: Promise<void>): void {
    const done = work.catch((error) => this.parts.onFault(error));
    this.#work.add(done);
    void done.then(() => this.#work.delete(done));
  }
}

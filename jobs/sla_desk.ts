import type { Episode } from "../db/collections/episodes.ts";
import type { RoomKey } from "../db/store.ts";
import type { Chat } from "../chat/chat.ts";
import { followSla, runDueClocks, slaOf } from "../chat/sla/sla.ts";

/** Interval of looks for what is due. Milliseconds. */
const lookEveryMs = 15_000;
/** How long it is remembered whether a workspace has targets. Milliseconds. */
const knownMs = 60_000;
/** Workspaces of which it is remembered. */
const mostKnown = 10_000;
/** Looks between two for rooms that wait without a clock, and rooms per workspace. */
const looksApart = 4, mostWaiting = 50;

interface Surroundings {
  chat: Chat;
  /** The workspaces that have members' sockets here. */
  workspaces(): Iterable<string>;
  onFault(error: unknown): void;
}

/** Keeps the targets of rooms: sets their clocks after what happens, and does what is due. */
export class SlaDesk {
  #known = new Map<string, { has: boolean; until: number }>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #looks = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(readonly surroundings: Surroundings) {}

  start(): void {
    this.#timer = setInterval(() => void (this.#running = this.look()), lookEveryMs);
    Deno.unrefTimer(this.#timer as unknown as number);
  }

  /** Resolves when nothing is being done any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Whether the workspace has targets, as last known, and looked up again now and then; yes until the first look-up. */
  hasTargets(workspace: string): boolean {
    const known = this.#known.get(workspace);
    if (known && known.until > performance.now()) return known.has;
    const { chat, onFault } = this.surroundings;
    const has = known?.has ?? true;
    // Asked with each text: one look-up at a time.
    this.#remember(workspace, has);
    void slaOf(chat, workspace).then((found) => this.#remember(workspace, found !== undefined), onFault);
    return has;
  }

  #remember(workspace: string, has: boolean): void {
    this.#known.delete(workspace);
    this.#known.set(workspace, { has, until: performance.now() + knownMs });
    if (this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value!);
  }

  /** Sets the clock of a room that something happened in. */
  async follow(key: RoomKey, newest: Episode | undefined): Promise<void> {
    if (!this.hasTargets(key.admin)) return;
    const has = await slaOf(this.surroundings.chat, key.admin) !== undefined;
    this.#remember(key.admin, has);
    if (has || (await this.surroundings.chat.store.room(key))?.dueAt !== undefined) {
      await followSla(this.surroundings.chat, key, newest);
    }
  }

  /** Does what is due, and now and then finds rooms that a process has left without a clock. */
  async look(): Promise<void> {
    const { chat, workspaces, onFault } = this.surroundings;
    try {
      while (await runDueClocks(chat));
      if (this.#looks++ % looksApart > 0) return;
      for (const workspace of [...workspaces()]) {
        if (this.hasTargets(workspace)) await this.#findLeft(workspace);
      }
    } catch (error) {
      onFault(error);
    }
  }

  async #findLeft(workspace: string): Promise<void> {
    const { chat } = this.surroundings;
    if (!await slaOf(chat, workspace)) return;
    const { rooms } = await chat.store.rooms(workspace, {
      ...{ limit: mostWaiting, filter: "all", messages: 0 },
      ...{ box: { kind: "waiting" }, sort: "newest" },
    });
    for (const { room } of rooms) if (room.dueAt === undefined) await followSla(chat, room);
  }
}

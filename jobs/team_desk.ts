import type { MovedTo } from "../db/merging.ts";
import type { Appended, RoomKey, RoomRecord } from "../db/store.ts";
import type { Chat } from "../chat/chat.ts";
import { assignAfter } from "../chat/desk/after_message.ts";
import { Balancer } from "../chat/desk/balancer.ts";
import type { Desk, LowRating } from "../chat/desk/desk.ts";
import { GoneAgents } from "../chat/desk/gone_agents.ts";
import { releaseMember } from "../chat/desk/release.ts";
import { wakeRoom } from "../chat/desk/snooze.ts";
import { notifyLowRating } from "../chat/reports/low_rating.ts";
import { moveStaffLog } from "../chat/staff/moved_log.ts";
import { followSla, runDueClocks } from "../chat/sla/sla.ts";
import type { Who } from "../chat/who.ts";
import { DueRooms } from "./due_rooms.ts";
import { OldQuestions } from "./old_questions.ts";
import { SlaDesk } from "./sla_desk.ts";

/** Interval of looks for what a lost notice, or a process that ended, has left. Milliseconds. */
const sweepMs = 30_000;

interface Surroundings {
  chat: Chat;
  /** The workspaces that have members' sockets here. */
  workspaces(): Iterable<string>;
  onFault(error: unknown): void;
}

/** What happens at the desk without a member's act: balanced assignment, rooms that come back, agents who have gone. */
export class TeamDesk implements Desk {
  #surroundings: Surroundings;
  #balancer: Balancer;
  #gone: GoneAgents;
  #due: DueRooms;
  #questions: OldQuestions;
  readonly sla: SlaDesk;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(surroundings: Surroundings) {
    const { chat, onFault } = this.#surroundings = surroundings;
    this.#balancer = new Balancer(chat, onFault);
    this.#gone = new GoneAgents(chat);
    this.#questions = new OldQuestions(chat);
    this.sla = new SlaDesk(surroundings);
    this.#due = new DueRooms({ chat, onFault, onDue: (room) => handleDue(chat, room) });
  }

  /** Begins to look for what is due. */
  start(): void {
    this.#due.start();
    this.sla.start();
    this.#timer = setInterval(() => void this.#sweep().catch(this.#surroundings.onFault), sweepMs);
    Deno.unrefTimer(this.#timer as unknown as number);
  }

  nudge(workspace: string): void {
    this.#balancer.nudge(workspace);
  }

  texted(who: Who, appended: Appended): void {
    void assignAfter(this.#surroundings.chat, who, appended).catch(this.#surroundings.onFault);
  }

  ratedLow(key: RoomKey, rating: LowRating): void {
    void notifyLowRating(this.#surroundings.chat, key, rating).catch(this.#surroundings.onFault);
  }

  dueAt(at: number): void {
    this.#due.dueAt(at);
  }

  /** Gives the rooms of a former member back to the queue. @throws {Unavailable} */
  memberRemoved(workspace: string, agent: string): Promise<void> {
    return releaseMember(this.#surroundings.chat, workspace, agent);
  }

  /** What members see of a moved room follows it. @throws {Unavailable} */
  roomMoved(from: RoomKey, to: MovedTo): Promise<void> {
    return moveStaffLog(this.#surroundings.chat, from, to);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#balancer.stop();
    this.#due.stop();
    void this.sla.stop();
  }

  async #sweep(): Promise<void> {
    await this.#questions.sweep();
    for (const workspace of this.#surroundings.workspaces()) {
      this.nudge(workspace);
      await this.#gone.look(workspace);
    }
  }
}

/** Does what is due in a room; any number of processes may do it. @throws {Unavailable} */
async function handleDue(chat: Chat, room: RoomRecord): Promise<void> {
  const now = chat.now(), { snoozedUntil = Infinity, dueAt = Infinity, botDueAt = Infinity } = room;
  if (botDueAt <= now) chat.bot?.due(room);
  if (snoozedUntil <= now) await wakeRoom(chat, room);
  if (dueAt > now) return;
  await followSla(chat, room);
  await runDueClocks(chat);
}

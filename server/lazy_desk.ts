import type { Episode } from "../db/collections/episodes.ts";
import type { MovedTo } from "../db/merging.ts";
import type { Appended, RoomKey } from "../db/store.ts";
import type { Desk, LowRating } from "../chat/desk/desk.ts";
import type { Who } from "../chat/who.ts";
import type { TeamDesk } from "../jobs/team_desk.ts";

/** Longest time after the start until its code is loaded. Milliseconds. */
const loadAfterMs = 1_000;

// A literal import would be read at every start.
const load = () =>
  import(import.meta.resolve("../jobs/team_desk.ts")) as Promise<typeof import("../jobs/team_desk.ts")>;

/** The team's desk, whose code no request waits for: it is loaded when first needed, or soon after the start. */
export class LazyDesk implements Desk {
  #desk: Promise<TeamDesk | undefined> | undefined;
  #loaded: TeamDesk | undefined;
  #timer = setTimeout(() => void this.#open(), loadAfterMs);
  #stopped = false;

  constructor(readonly surroundings: ConstructorParameters<typeof TeamDesk>[0]) {
    Deno.unrefTimer(this.#timer as unknown as number);
  }

  nudge(workspace: string): void {
    this.#use((desk) => desk.nudge(workspace));
  }

  texted(who: Who, appended: Appended): void {
    this.#use((desk) => desk.texted(who, appended));
  }

  ratedLow(key: RoomKey, rating: LowRating): void {
    this.#use((desk) => desk.ratedLow(key, rating));
  }

  dueAt(at: number): void {
    this.#use((desk) => desk.dueAt(at));
  }

  /** Whether the workspace may have targets: rooms are followed after each text. Never waits. */
  hasTargets(workspace: string): boolean {
    return this.#loaded?.sla.hasTargets(workspace) ?? false;
  }

  /** Sets the target of a room that something happened in. @throws {Unavailable} */
  async counted(key: RoomKey, newest: Episode | undefined): Promise<void> {
    await (await this.#open())?.sla.follow(key, newest);
  }

  /** Gives the rooms of a former member back to the queue. @throws {Unavailable} */
  async memberRemoved(workspace: string, agent: string): Promise<void> {
    await (await this.#open())?.memberRemoved(workspace, agent);
  }

  /** What members see of a moved room follows it. @throws {Unavailable} */
  async roomMoved(from: RoomKey, to: MovedTo): Promise<void> {
    await (await this.#open())?.roomMoved(from, to);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    void this.#desk?.then((desk) => desk?.stop());
  }

  #use(act: (desk: TeamDesk) => void): void {
    void this.#open().then((desk) => desk && !this.#stopped && act(desk));
  }

  /** A failure to load it is repeated with the next use. */
  #open(): Promise<TeamDesk | undefined> {
    return this.#desk ??= load().then(({ TeamDesk }) => {
      if (this.#stopped) return undefined;
      const desk = this.#loaded = new TeamDesk(this.surroundings);
      desk.start();
      return desk;
    }).catch((error) => {
      this.#desk = undefined;
      this.surroundings.onFault(error);
      return undefined;
    });
  }
}

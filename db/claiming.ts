import type { ClaimAsked, DeskStore } from "./desk_store.ts";
import type { CheckedCommit } from "./records.ts";
import type { RoomRecord } from "./room.ts";
import { checkDeskCommit } from "./desk.ts";

/** An engine's part of `claimNext`. */
export interface Claiming {
  load(workspace: string, agent: string): Promise<number>;
  /** The unassigned room of these teams that has waited longest. */
  longestWaiting(workspace: string, teams: readonly (string | null)[]): Promise<RoomRecord | undefined>;
  /**
   * Assigns the room to the agent, in one transaction with `commit`. Without any change: "full" if the agent's
   * load is `capacity` or more, "lost" if the room is not unassigned and waiting any more, or the commit or the
   * agent's load changed meanwhile.
   */
  claim(
    room: RoomRecord,
    by: { agent: string; capacity: number; commit: CheckedCommit },
  ): Promise<RoomRecord | "full" | "lost">;
}

/** Longest pause after losing a room to another process. Milliseconds. */
const pauseMs = 20;

/**
 * The claims of a workspace, one after the other in this process: concurrent ones would all try for the same
 * room.
 */
export function claimNextOf(engine: Claiming): Pick<DeskStore, "claimNext"> {
  const last = new Map<string, Promise<unknown>>();
  return {
    claimNext(workspace, asked) {
      const mine = (last.get(workspace) ?? Promise.resolve()).then(() => claimNext(engine, workspace, asked));
      const settled = mine.then(() => {}, () => {}).then(() => {
        if (last.get(workspace) === settled) last.delete(workspace);
      });
      last.set(workspace, settled);
      return mine;
    },
  };
}

async function claimNext(
  engine: Claiming,
  workspace: string,
  { agent, teams, capacity, commit }: ClaimAsked,
): Promise<RoomRecord | undefined> {
  while (await engine.load(workspace, agent) < capacity) {
    const room = await engine.longestWaiting(workspace, teams);
    if (!room) return undefined;
    const checked = checkDeskCommit(await commit?.({ ...room, assignee: agent }));
    const claimed = await engine.claim(room, { agent, capacity, commit: checked });
    if (claimed === "full") return undefined;
    if (claimed !== "lost") return claimed;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs));
  }
  return undefined;
}

import type { Appended, RoomKey } from "../../db/store.ts";
import type { Who } from "../who.ts";

/** A low rating of an episode, and the number of its entry in the room's staff log. */
export interface LowRating {
  episode: string;
  score: number;
  entry: number;
  assignee?: string;
}

/**
 * What other rules ask of the team's desk: who answers a room, and when it comes back. None of it waits or fails. A
 * visitor's way reaches it through this interface alone, which imports nothing of the staff log.
 */
export interface Desk {
  /** Something may have changed that lets an agent take a waiting room. */
  nudge(workspace: string): void;
  /** A visitor has given a low rating. */
  ratedLow(key: RoomKey, rating: LowRating): void;
  /** A text was stored. */
  texted(who: Who, appended: Appended): void;
  /** A room is due at this time. Milliseconds since 1970. */
  dueAt(at: number): void;
}

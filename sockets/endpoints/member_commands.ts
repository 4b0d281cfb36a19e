import type { DeskFrame } from "../../protocol/desk.ts";
import type { ClientFrame } from "../../protocol/frames.ts";

type Frame<C extends ClientFrame["command"]> = Extract<ClientFrame, { command: C }>;

/** Commands about no room. */
const roomless: ReadonlySet<MemberFrame["command"]> = new Set([
  "availability",
  "watch",
  "fetch_notices",
  "read_notices",
]);

/** Frames that only members may send. Those about a room name it once an endpoint hands them over. */
export type MemberFrame =
  | Frame<"note" | "fetch_staff" | "watch" | "fetch_notices" | "read_notices">
  | DeskFrame;

/**
 * What the two endpoints do for a member's socket besides what visitors may do. Whoever opens a member's socket hands it in:
 * the endpoints, which visitors use too, import none of it.
 */
export interface MemberCommands {
  handle(frame: MemberFrame): void | Promise<void>;
  /** A page of the rooms in which the member is mentioned. */
  fetchMentioned(frame: Frame<"fetch_rooms">): Promise<void>;
  /** The socket has subscribed to all rooms. Resolves before it is told so. */
  subscribed(): Promise<void>;
  /** The socket has ended. */
  ended(): void;
}

/** Whether a member's frame is about one room. */
export function isAboutRoom({ command }: MemberFrame): boolean {
  return !roomless.has(command);
}

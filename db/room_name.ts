import { roomName } from "../protocol/room_name.ts";
import type { RoomKey } from "./store.ts";

/** One text for a room's two names. No name holds a blank, so no two rooms share one. */
export function nameOf({ admin, consumer }: RoomKey): string {
  return roomName(admin, consumer);
}

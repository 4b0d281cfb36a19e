import { type StaffEntry, staffLog } from "../../../db/collections/staff_log.ts";
import type { Client, Frame } from "../../harness/client.ts";
import type { Admin, Parlor } from "../../harness/parlor.ts";

/** The entries of a room's staff log, oldest first. */
export function entriesOf(parlor: Parlor, workspace: string, consumer: string): Promise<StaffEntry[]> {
  return staffLog.list(parlor.running.service.chat.store, [workspace, consumer], { limit: 100 });
}

/** A visitor's room with one text in it. */
export async function roomOf(parlor: Parlor, admin: Admin): Promise<{ consumer: string; vera: Client }> {
  const consumer = crypto.randomUUID();
  const vera = await parlor.chat(admin, consumer);
  await vera.say("Anybody there?");
  return { consumer, vera };
}

/** The next update of a room for which `test` holds. */
export async function updated(inbox: Client, test: (room: Frame) => boolean): Promise<Frame> {
  const at = () => inbox.frames.findIndex(({ command, room }) => command === "room_updated" && test(room));
  await inbox.until(() => at() >= 0);
  return inbox.frames.splice(at(), 1)[0]!.room;
}

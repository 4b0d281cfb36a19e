import { inboxPath, threadPath } from "../shell/paths.ts";
import type { Live } from "../service/live.ts";

/** The room after one in the shown list; at its end the one before. */
function nextOf({ inbox }: Live, consumer: string): string | undefined {
  const { rooms } = inbox.shown.value;
  const at = rooms.findIndex((room) => room.consumer === consumer);
  return at < 0 ? undefined : (rooms[at + 1] ?? rooms[at - 1])?.consumer;
}

/**
 * Resolves a room, or opens it again. Where several answer, and it is the shown one, the next of the list is
 * shown then.
 */
export async function switchStatus(
  live: Live,
  consumer: string,
  route: (path: string) => void,
): Promise<void> {
  const { inbox, desk, team } = live;
  if (inbox.room(consumer).value?.status === "resolved") return void await desk.reopen([consumer]);
  const next = nextOf(live, consumer), isShown = inbox.selected.value === consumer;
  const isDone = team.isShared.value ? await desk.resolve([consumer]) : live.setStatus(consumer, "resolved");
  if (isDone && isShown && team.isShared.value) route(next ? threadPath(next) : inboxPath);
}

/** Snoozes rooms; if the shown one is among them, the next of the list is shown then. */
export async function snoozeAndGoOn(
  live: Live,
  { consumers, until, route }: {
    consumers: readonly string[];
    until: number | "reply" | null;
    route(path: string): void;
  },
): Promise<void> {
  const shown = live.inbox.selected.value;
  const next = shown && consumers.length === 1 ? nextOf(live, shown) : undefined;
  const isDone = await live.desk.snooze(consumers, until);
  if (!isDone || until === null || !shown || !consumers.includes(shown) || !live.team.isShared.value) return;
  route(next ? threadPath(next) : inboxPath);
}

/** Makes a room unread and leaves it: shown, it would be read at once. */
export function markUnread(live: Live, consumer: string, route: (path: string) => void): void {
  if (live.inbox.selected.value === consumer) {
    live.inbox.selected.value = undefined;
    route(inboxPath);
  }
  live.desk.markUnread(consumer);
}

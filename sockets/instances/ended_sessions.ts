import type { Store } from "../../db/store.ts";
import { faultFields, type Log } from "../../chat/monitoring/log.ts";
import type { Hub } from "../hub.ts";

/** How long sockets may outlive a session that another program has ended. Milliseconds. */
const lookEveryMs = 2_000;

/** Closes the sockets of ended sessions, whoever ended them. */
export async function closeEndedSessions(hub: Hub, store: Store): Promise<void> {
  const jtis = hub.listeners.sessions().map(({ jti }) => jti);
  if (jtis.length === 0) return;
  const ended = await store.endedSessions(jtis);
  if (ended.length > 0) hub.tell({ type: "sessions_ended", username: "", jtis: ended });
}

/** Repeats that where no sweep between instances does: an operator's command writes to the database beside the service. */
export function watchEndedSessions(hub: Hub, store: Store, log: Log): { stop(): void } {
  const timer = setInterval(() => {
    closeEndedSessions(hub, store).catch((error) => log.warn("sessions_failed", faultFields(error)));
  }, lookEveryMs);
  Deno.unrefTimer(timer as unknown as number);
  return { stop: () => clearInterval(timer) };
}

import { reconnectMaxMs, reconnectMinMs } from "../../protocol/limits.ts";

/**
 * Milliseconds to wait before try number `attempt` (0 the first): full jitter under a ceiling that doubles from
 * 0.5 s to 30 s. The whole range is drawn from, so that the clients of a service that restarts come back spread out.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(reconnectMaxMs, reconnectMinMs * 2 ** attempt);
}

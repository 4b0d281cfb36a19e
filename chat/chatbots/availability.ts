import type { ChatbotSettings } from "../../protocol/chatbot.ts";
import { isOpenAt } from "./business_hours.ts";

/** What an admin has set of when somebody answers. */
export type Availability = Pick<ChatbotSettings, "away" | "business_hours">;

/**
 * Whether visitors see somebody online: an admin is here, has not said to be away, and it is opening time. The only place
 * that decides it; every process asks it with the same settings.
 */
export function isAvailable(set: Availability, isHere: boolean, at: Date): boolean {
  return isHere && !set.away && isOpenAt(set, at);
}

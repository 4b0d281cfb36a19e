import type { ChatbotSettings } from "../../protocol/chatbot.ts";
import { isOpenAt } from "./business_hours.ts";

/** An admin's settings of availability. */
export type Availability =
  & Pick<ChatbotSettings, "away" | "business_hours">
  & Partial<Pick<ChatbotSettings, "holidays">>;

/**
 * Whether visitors see somebody online: an admin is connected, not set to away, and within business hours. The only place
 * that decides it; every process uses the same settings.
 */
export function isAvailable(set: Availability, isHere: boolean, at: Date): boolean {
  return isHere && !set.away && isOpenAt(set, at);
}

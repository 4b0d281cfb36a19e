import { type BusinessHours, businessTime, isOpen } from "../time/business_time.ts";

/** Whether the business is open at this time, in its own time zone. Without ranges it always is, except on holidays. */
export function isOpenAt(hours: BusinessHours, at: Date): boolean {
  return isOpen(businessTime(hours), at.getTime());
}

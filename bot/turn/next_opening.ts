import type { ChatbotSettings } from "../../protocol/chatbot.ts";
import { businessTime, nextOpening } from "../../chat/time/business_time.ts";

const weekMs = 6 * 86_400_000;

/**
 * When the business opens next, as the visitor would say it; undefined while it is open, and where it never opens.
 * `at`: milliseconds since 1970. `language`: a language tag. `time_zone`: the visitor's.
 */
export function nextOpeningText(
  settings: Pick<ChatbotSettings, "business_hours" | "holidays">,
  at: number,
  { language, time_zone }: { language?: string; time_zone?: string },
): string | undefined {
  const opening = nextOpening(businessTime(settings), at);
  if (opening === undefined || opening <= at) return undefined;
  const isFar = opening - at > weekMs;
  const own = settings.business_hours.time_zone;
  const options: Intl.DateTimeFormatOptions = {
    ...{ weekday: "long", hour: "numeric", minute: "2-digit" },
    ...(isFar && { day: "numeric", month: "long" }),
  };
  try {
    return new Intl.DateTimeFormat(language, { ...options, timeZone: time_zone ?? own }).format(opening);
  } catch {
    // The visitor's browser may have named a zone or a language that is none.
    return new Intl.DateTimeFormat("en", { ...options, timeZone: own, timeZoneName: "short" }).format(
      opening,
    );
  }
}

import { isOrigin } from "../../../../protocol/is_origin.ts";
import { say } from "../words/settings_words.ts";

/** The non-empty lines of a text, trimmed. */
export function originLines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

/** Problems of a list of origins, by the service's name of each: `allowed_origins.0`. */
export function wrongOrigins(origins: readonly string[]): Record<string, string> {
  return Object.fromEntries(origins.flatMap((origin, i) => {
    if (isOrigin(origin)) return [];
    const meant = originIn(origin);
    const problem = meant ? say("set_origin_meant", { meant }) : say("set_origin_wrong");
    return [[`allowed_origins.${i}`, problem]];
  }));
}

/** The probable origin of an address with a path, or without a scheme. */
function originIn(text: string): string | undefined {
  for (const address of [text, `https://${text}`]) {
    try {
      const { origin } = new URL(address);
      if (isOrigin(origin)) return origin;
    } catch {
      // Not an address; the next candidate may be.
    }
  }
}

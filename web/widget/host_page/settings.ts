import { maxAttributes, maxAttributesBytes } from "../../../protocol/limits.ts";
import { isColour } from "../../ui/accent.ts";
import type { FrameSettings } from "../bridge.ts";

/** What a site may set: as `data-*` on the script, in `window.parlorSettings`, or by `boot` and `update`. */
export interface Settings extends FrameSettings {
  admin?: string;
  position?: "left" | "right";
  /** Words on the launcher. */
  launcherText?: string;
  /** Pixels from the corner: one number, or "across, up". */
  offset?: number | string;
  zIndex?: number | string;
  /** `none` shows no button: the page opens the chat by `launcherSelector` or `parlor("open")`. */
  launcher?: "auto" | "none";
  /** A click on whatever it matches opens and closes the chat. */
  launcherSelector?: string;
  /** For the style element of browsers that cannot construct style sheets. */
  nonce?: string;
  /** `denied` keeps nothing in the browser: a conversation lasts as long as the page. */
  consent?: "granted" | "denied";
}

const told = ["theme", "color", "locale", "identity", "token", "consumer"] as const;

/**
 * The part of the settings that the frame is told, as texts: what a page puts there may not even be cloneable.
 * `refused` is told of what is left out.
 */
export function frameSettings(all: Settings, refused: (why: string) => void): FrameSettings {
  const texts: Record<string, string> = {};
  for (const name of told) if (all[name]) texts[name] = String(all[name]);
  const { color } = texts;
  if (color && !isColour(color)) refused(`color "${color}" is left out: it takes #rrggbb`);
  return { ...texts, ...(all.attributes && { attributes: attributesOf(all.attributes, refused) }) };
}

/** Characters of an attribute's name, and of its value. */
const longestName = 64, longestValue = 500;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** An empty text and `null` take an attribute away. */
function attributesOf(all: Record<string, unknown>, refused: (why: string) => void): Record<string, string> {
  const attributes: Record<string, string> = {};
  // What a page has put on `Object.prototype` is none of the visitor's.
  for (const name of Object.keys(all)) {
    const value = all[name], text = `attribute "${name.slice(0, longestName)}"`;
    if (value === null || value === undefined || value === "") continue;
    if (!/^(string|number|boolean)$/.test(typeof value)) {
      refused(`${text} is left out: it takes a text, a number or a boolean`);
    } else if (name.length > longestName) {
      refused(`${text}… is left out: its name has over ${longestName} characters`);
    } else {
      const kept = String(value).slice(0, longestValue), more = { ...attributes, [name]: kept };
      // The service would refuse the whole of them.
      if (Object.keys(more).length > maxAttributes || bytesOf(more) > maxAttributesBytes) {
        refused(
          `${text} is left out: at most ${maxAttributes}, of ${maxAttributesBytes / 1024} KiB together`,
        );
        continue;
      }
      attributes[name] = kept;
      if (String(value).length > longestValue) refused(`${text} is cut at ${longestValue} characters`);
    }
  }
  return attributes;
}

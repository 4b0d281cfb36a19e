import type { FrameSettings } from "./bridge.ts";

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

/** The part of the settings that the frame is told, as texts: what a page puts there may not even be cloneable. */
export function frameSettings(all: Settings): FrameSettings {
  const texts: Record<string, string> = {}, attributes: Record<string, string> = {};
  for (const name of told) if (all[name]) texts[name] = String(all[name]);
  // What a page has put on `Object.prototype` is none of the visitor's.
  for (const name of Object.keys(all.attributes ?? {})) attributes[name] = String(all.attributes![name]);
  return { ...texts, attributes };
}

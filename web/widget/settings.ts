import type { FrameSettings } from "./bridge.ts";

/** What a site may set: as `data-*` on the script, in `window.parlorSettings`, or by `boot` and `update`. */
export interface Settings extends FrameSettings {
  admin?: string;
  position?: "left" | "right";
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

/** The part of the settings that the frame is told. Whatever else a page put there may not even be cloneable. */
export function frameSettings(all: Settings): FrameSettings {
  const { theme, color, locale, identity, token, consumer, attributes } = all;
  return { theme, color, locale, identity, token, consumer, attributes };
}

import { isColour, textOn } from "../../ui/accent.ts";
import type { FrameSettings } from "../bridge.ts";

/** Theme and accent of the page: the site's, before the chatbot's own. */
export function applyTheme({ theme, color }: FrameSettings, chatbotAccent = "#0f766e"): void {
  const accent = isColour(color) ? color : chatbotAccent;
  const root = document.documentElement;
  if (theme && theme !== "auto") root.dataset.theme = theme;
  else delete root.dataset.theme;
  root.style.setProperty("--accent", accent);
  root.style.setProperty("--on-accent", textOn(accent));
}

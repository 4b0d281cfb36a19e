import { isColour, textOn } from "../../ui/accent.ts";
import type { FrameSettings } from "../bridge.ts";

/** Applies theme and accent: the site's take precedence over the chatbot's. */
export function applyTheme({ theme, color }: FrameSettings, chatbotAccent = "#0f766e"): void {
  const accent = isColour(color) ? color : chatbotAccent;
  const root = document.documentElement;
  if (theme && theme !== "auto") root.dataset.theme = theme;
  else delete root.dataset.theme;
  root.style.setProperty("--accent", accent);
  root.style.setProperty("--on-accent", textOn(accent));
}

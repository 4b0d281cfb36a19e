import type { Chatbot } from "../../../protocol/chatbot.ts";
import { isColour, textOn } from "../../ui/accent.ts";
import { call } from "../service/calls.ts";

const key = "parlor:accent";

/** Applies the admin's accent colour and stores it for the next visit. */
export function applyAccent(accent: string): void {
  if (!isColour(accent)) return;
  const { style } = document.documentElement;
  style.setProperty("--accent", accent);
  style.setProperty("--on-accent", textOn(accent));
  try {
    localStorage.setItem(key, accent);
  } catch {
    // Then it begins in teal.
  }
}

/** Applies the stored colour, then the present one. Returns the chatbot, if it could be loaded. */
export async function applyTheme(): Promise<Chatbot | undefined> {
  try {
    applyAccent(localStorage.getItem(key) ?? "");
  } catch {
    // Refused: teal until the answer comes.
  }
  try {
    const chatbot = await call<Chatbot>("GET", "/chatbot/api");
    applyAccent(chatbot.accent);
    return chatbot;
  } catch {
    return undefined;
  }
}

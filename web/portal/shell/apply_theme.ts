import type { Chatbot } from "../../../protocol/chatbot.ts";
import { isColour, textOn } from "../../ui/accent.ts";
import { call } from "../service/calls.ts";

const key = "parlor:accent";

/** The admin's own colour, here too. It is remembered, so that the next visit begins in it. */
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

/** Takes the colour of the last visit, then asks what it is now. Answers with the chatbot, if it could be read. */
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

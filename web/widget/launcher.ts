import { textOn } from "../accent.ts";
import style from "./launcher.css" with { type: "text" };
import type { Settings } from "./settings.ts";

/** What the launcher shows of. */
export interface LauncherState {
  settings: Settings;
  /** The chatbot's own, where the site sets nothing: `colour|side|words`. */
  look: string;
  unread: number;
  open: boolean;
  hidden: boolean;
}

const named: Record<string, string> = { hi: "चैट", ar: "الدردشة", ja: "チャット" };

/** What the chat is called where a screen reader says it. */
export function chatName({ locale }: Settings): string {
  return named[`${locale || navigator.language}`.slice(0, 2)] ?? "Chat";
}

const make = <T extends keyof HTMLElementTagNameMap>(tag: T) => document.createElement(tag);

/** The button in the corner and the panel over it, out of the page's reach in a closed shadow root. */
export function makeLauncher(nonce = "") {
  const host = make("div"), box = make("div"), panel = make("div"), button = make("button");
  const words = make("span"), badge = make("i");
  const root = host.attachShadow({ mode: "closed" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = make("style");
    element.nonce = nonce;
    element.textContent = style;
    root.append(element);
  }
  badge.setAttribute("role", "status");
  button.append(make("b"), words);
  box.append(panel, button, badge);
  root.append(box);
  // Beside the body, not in it: single-page sites replace the body when they navigate.
  document.documentElement.append(host);

  return {
    panel,
    button,
    hasFocus: () => document.activeElement === host,
    remove: () => host.remove(),
    draw({ settings, look, unread, open, hidden }: LauncherState) {
      const [ownColor, side, ownWords] = look.split("|");
      const color = settings.color || ownColor || "#0f766e";
      const [x, y = x] = `${settings.offset ?? 20}`.split(/\D+/);
      const z = settings.zIndex ?? 2147483e3;
      box.style.cssText = `--x:${x}px;--y:${y}px;--z:${z};--accent:${color};--on:${textOn(color)}`;
      const count = !open && unread;
      const bare = hidden || settings.launcher === "none" ? "bare" : "";
      box.className = `${settings.position || side} ${settings.theme} ${bare} ${open && "open"}`;
      panel.className = open ? "panel" : "panel shut";
      const shown = open ? "" : ownWords ?? "";
      button.ariaLabel = (shown || chatName(settings)) + (count ? ` (${count})` : "");
      button.ariaExpanded = `${open}`;
      words.textContent = shown;
      badge.textContent = count ? count > 9 ? "9+" : `${count}` : "";
    },
  };
}

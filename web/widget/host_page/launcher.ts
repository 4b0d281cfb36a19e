import { isColour, textOn } from "../../ui/accent.ts";
import style from "./launcher.css" with { type: "text" };
import { make, ofDocument } from "./page_document.ts";
import type { Settings } from "./settings.ts";

/** Data that the launcher shows. */
export interface LauncherState {
  settings: Settings;
  /** The chatbot's own colour, corner and words, where the site sets nothing. */
  look: string[];
  /** Its look is loading: the button works, and becomes visible once the look is known. */
  waiting?: boolean;
  unread: number;
  open: boolean;
  hidden: boolean;
}

const named: Record<string, string> = { hi: "चैट", ar: "الدردشة", ja: "チャット" };

/** Label of the chat for screen readers. */
export function chatName({ locale }: Settings): string {
  return named[`${locale || navigator.language}`.slice(0, 2)] ?? "Chat";
}

/** A page that keeps removing the launcher is answered with growing delays. Milliseconds. */
const firstWaitMs = 50, lastWaitMs = 30_000;

/** The launcher button and the panel, isolated from the page in a closed shadow root. */
export function makeLauncher(nonce: string | undefined, mounted: () => void) {
  const host = make("div"), box = make("div"), panel = make("div"), button = make("button");
  const words = make("span"), badge = make("i");
  const root = host.attachShadow({ mode: "closed" });
  const addStyle = (text: string) => {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    } catch {
      const element = make("style");
      element.nonce = nonce ?? "";
      element.textContent = text;
      root.append(element);
    }
  };
  addStyle(style);
  // For react-focus-lock, which Chakra UI uses.
  host.dataset.noFocusLock = "";
  badge.setAttribute("role", "status");
  button.append(make("b"), words);
  box.append(panel, button, badge);
  root.append(box);

  /** React takes this comment for the end of what it hydrates, so that it does not stumble over the launcher. */
  const end = ofDocument("createComment").call(document, "/$");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = 0, last = 0;

  /** Beside the body, not in it: single-page sites replace the body when they navigate. */
  const mount = () => {
    timer = undefined;
    const html = ofDocument("documentElement");
    // In front of a body that is still to come React would find the launcher in its place.
    if (!host.isConnected && html && ofDocument("body")) {
      html.append(end, host);
      mounted();
    }
    watch.disconnect();
    // Pages move it, and take out what it then stands in.
    let node: Node | null = host.isConnected ? host : html ?? document;
    for (; node; node = node.parentNode) watch.observe(node, { childList: true });
  };
  const watch = new MutationObserver(() => {
    if (timer) return;
    if (host.isConnected) return mount();
    const now = Date.now();
    if (now - last > lastWaitMs) waitMs = 0;
    last = now;
    if (waitMs) timer = setTimeout(mount, waitMs);
    else mount();
    waitMs = Math.min(waitMs * 2 || firstWaitMs, lastWaitMs);
  });
  mount();

  return {
    host,
    root,
    panel,
    button,
    addStyle,
    hasFocus: () => ofDocument("activeElement") === host,
    remove() {
      watch.disconnect();
      clearTimeout(timer);
      end.remove();
      host.remove();
    },
    draw({ settings, look, waiting, unread, open, hidden }: LauncherState) {
      const [ownColor, side, ...ownWords] = look;
      // Any other would be told apart by the frame, which draws on it.
      const color = [settings.color, ownColor].find(isColour) ?? "#0f766e";
      const [x, y = x] = `${settings.offset ?? 20}`.split(/\D+/);
      const z = settings.zIndex ?? 2147483e3;
      box.style.cssText = `--x:${x}px;--y:${y}px;--z:${z};--accent:${color};--on:${textOn(color)}`;
      const count = !open && unread;
      const bare = hidden || settings.launcher === "none" ? "bare" : "";
      box.className = `${settings.position || side} ${settings.theme} ${bare} ${
        open ? "open" : waiting && "wait"
      }`;
      panel.className = open ? "panel" : "panel shut";
      const shown = open ? "" : settings.launcherText ?? ownWords.join("|");
      button.ariaLabel = (shown || chatName(settings)) + (count ? ` (${count})` : "");
      button.ariaExpanded = `${open}`;
      words.textContent = shown;
      badge.textContent = count ? count > 9 ? "9+" : `${count}` : "";
    },
  };
}

import type { ToFrame, ToHost } from "../bridge.ts";
import style from "./host_frame.css" with { type: "text" };
import { openFrame } from "./frame_link.ts";
import type { hostStore } from "./host_store.ts";
import { chatName, type LauncherState, type makeLauncher } from "./launcher.ts";
import { make, ofDocument } from "./page_document.ts";
import { frameSettings } from "./settings.ts";

/** What the loader has, and lets the chat's frame do. */
export interface Host {
  service: string;
  admin: string;
  state: LauncherState;
  store: ReturnType<typeof hostStore>;
  launcher: ReturnType<typeof makeLauncher>;
  /** Ends with the widget. */
  signal: AbortSignal;
  show(change: Partial<LauncherState>): void;
  showLook(look: string): void;
  toggle(): void;
  close(): void;
  failed(code?: string, message?: string): void;
  emit(name: string, detail?: unknown): void;
  /** The element that had the page's focus when the chat was opened. */
  isWhereItWas(): boolean;
}

export type Chat = NonNullable<ReturnType<typeof connect>>;
/** What this module is to the loader. */
export interface Rest {
  connect: typeof connect;
  listenToPage: typeof listenToPage;
}

/** Provides the launcher's data once it is used. */
function finish({ host, root, addStyle }: Host["launcher"]): void {
  addStyle(style);
  // Attributes that focus-trapping dialogs look for: React Aria's, a11y-dialog's.
  for (const mark of ["data-react-aria-top-layer", "data-a11y-dialog-ignore-focus-trap"]) {
    host.setAttribute(mark, "");
  }
  // Others (Bootstrap, Radix, MUI, jQuery UI) take the focus back when the event reaches the document.
  for (const moved of ["focusin", "focusout"]) {
    root.addEventListener(moved, (event) => event.stopPropagation());
  }
}

/** Elements that handle Enter or Space natively, or use the key themselves. */
const native = "a[href],area[href],button,input,select,textarea,summary,label,[contenteditable]";
const listening = new WeakSet<Host>();
const finished = new WeakSet<Host>();

/** Opens and closes the chat by the page's own button: also one in a shadow root, or one added later. */
export function listenToPage(host: Host): void {
  const { signal, state, toggle } = host;
  if (listening.has(host)) return;
  listening.add(host);
  const press = (event: Event) => {
    const { ctrlKey, metaKey, shiftKey, key, repeat } = event as MouseEvent & KeyboardEvent;
    const { launcherSelector } = state.settings;
    if (!launcherSelector || ctrlKey || metaKey || shiftKey) return;
    const path = event.composedPath();
    const isKey = event.type === "keydown";
    // Of a link or a button the browser makes a click itself.
    const isPressed = isKey
      ? /^( |Enter)$/.test(key) && matches(path[0], launcherSelector) && !matches(path[0], native)
      : path.some((node) => matches(node, launcherSelector));
    if (!isPressed) return;
    event.preventDefault();
    // A page that turns the key into a click itself would close what it opens.
    if (isKey) event.stopImmediatePropagation();
    if (!repeat) toggle();
  };
  // In the capture phase, so that a link is not followed, and nobody else can stop the click.
  for (const type of ["click", "keydown"]) addEventListener(type, press, { signal, capture: true });
}

function matches(node: EventTarget | undefined, selector: string): boolean {
  try {
    // Not by the variable `Element`: pages have one of their own.
    return make("a").matches.call(node as Element, selector);
  } catch {
    return false; // no element, or no selector
  }
}

/**
 * The host page's side of the chat's frame: loaded on demand, by hashed name. Not available on a page without
 * an origin, such as a file or a sandboxed frame without `allow-same-origin`: messages could not be addressed to it.
 */
export function connect(host: Host) {
  const fail = (code: string, message: string) => {
    console.warn(`parlor: ${message}`);
    host.failed(code, message);
  };
  // `origin` is a name that pages use for a variable; the address has none of its own in a `srcdoc` frame.
  const own = location.origin === "null" ? globalThis.origin : location.origin;
  if (own === "null" || globalThis.origin === "null") {
    return fail(
      "no_origin",
      "A file, or a sandboxed frame without allow-same-origin, shows no chat",
    ) as undefined;
  }
  const { service, admin, state, store, launcher } = host;
  const { panel } = launcher;
  const view = visualViewport;
  if (!finished.has(host)) finish(launcher);
  finished.add(host);
  const stop = new AbortController();
  const { signal } = stop;

  const pageSeen = () => ({
    url: location.href,
    title: ofDocument("title"),
    referrer: ofDocument("referrer"),
  });

  /** The panel is what the keyboard leaves of the window. Two fingers' zoom makes the view smaller, not the window. */
  const fit = () => {
    if (!view) return;
    const { height, scale, offsetTop } = view;
    const covered = Math.round(innerHeight - height * scale);
    const isCovered = state.open && covered > 1;
    const top = isCovered && scale < 1.01 ? offsetTop : 0;
    panel.style.setProperty("--top", `${top}px`);
    panel.style.setProperty("--covered", `${isCovered ? covered - top : 0}px`);
    panel.classList.toggle("lifted", isCovered);
  };

  /** Each fault once. */
  const told = new Set<string>();
  const settings = () =>
    frameSettings(state.settings, (message) => {
      if (told.has(message)) return;
      told.add(message);
      console.warn(`parlor: ${message}`);
      host.emit("error", { code: "setting_refused", message });
    });

  const heard = (message: ToHost) => {
    switch (message.type) {
      case "hello":
        return post({
          type: "init",
          settings: settings(),
          stored: store.entries(),
          page: pageSeen(),
          open: state.open,
          // Whoever has gone on elsewhere since is left there.
          focus: host.isWhereItWas(),
        });
      case "refused":
        return fail(message.key, `${own} is not among the sites that may show this chat`);
      case "shut":
        return host.close();
      case "keep":
        return keep(message.key, message.value);
      case "look":
        return host.showLook(message.value);
      case "unread":
        return host.show({ unread: message.value });
      case "event":
        return host.emit(message.key, message.value);
    }
  };

  /** A draft of somebody who has not written yet is this tab's alone. */
  const keep = (key: string, value?: string) => {
    store.put(key, value, key === "draft" && store.get("visitor") === undefined);
    post({ type: "kept", key });
    // Whoever writes wants the chat, whether they opened it or the page did.
    if (value && state.open && /^(draft|out:)/.test(key)) store.put("open", "1", true);
  };

  const path = `/widget/frame?admin=${encodeURIComponent(admin)}&origin=${own}`;
  const frame = openFrame(panel, service, {
    path,
    title: chatName(state.settings),
    heard,
    failed: () => host.failed(),
  });
  const post = (message: ToFrame) => frame.post(message);
  const page = () => post({ type: "page", page: pageSeen() });

  addEventListener("storage", (event) => {
    const { key, newValue } = event as StorageEvent;
    const own = store.ownKey(key);
    if (own && own !== "open") post({ type: "stored", key: own, value: newValue ?? undefined });
  }, { signal });
  addEventListener("popstate", page, { signal });
  for (const type of ["focus", "blur"] as const) addEventListener(type, () => post({ type }), { signal });
  for (const moved of ["resize", "scroll"]) view?.addEventListener(moved, fit, { signal });

  fit();
  return {
    post,
    page,
    fit,
    update: () => post({ type: "settings", settings: settings() }),
    restart: frame.restart,
    remove() {
      stop.abort();
      frame.remove();
    },
  };
}

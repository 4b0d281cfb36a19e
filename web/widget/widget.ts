import type { ToFrame, ToHost } from "./bridge.ts";
import { openFrame } from "./frame_link.ts";
import { hostStore } from "./host_store.ts";
import { chatName, type LauncherState, makeLauncher } from "./launcher.ts";
import { frameSettings, type Settings } from "./settings.ts";

/** After the frame could not be had the launcher hides for so long. Milliseconds. */
const failedMs = 30_000;
/** Someone who has a conversation hears of answers without opening it, once the page has done its own work. */
const returningMs = 200;

/** One chat on a host page: launcher, frame, and what is kept for the page's visitor. */
export function openWidget(
  service: string,
  given: Settings,
  emit: (name: string, detail?: unknown) => void,
) {
  const { admin, consumer, consent, nonce } = given;
  const store = hostStore(`parlor:${admin}${consumer ? `/${consumer}` : ""}:`, consent !== "denied");
  const stored = new Map(store.entries());
  const launcher = makeLauncher(nonce);
  const { button, panel } = launcher;
  const view = visualViewport;
  const stop = new AbortController();
  const { signal } = stop;
  const state: LauncherState = {
    settings: given,
    look: stored.get("look") ?? "",
    unread: 0,
    open: false,
    hidden: false,
  };
  let frame: ReturnType<typeof openFrame> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before: HTMLElement | null;

  const show = (change: Partial<LauncherState>) => {
    Object.assign(state, change);
    launcher.draw(state);
    fit();
  };

  const post = (message: ToFrame) => frame?.post(message);

  /** On a phone the panel is what the keyboard leaves of the window. */
  const fit = () => {
    if (!view) return;
    const { height, offsetTop } = view;
    const isCovered = state.open && innerWidth <= 480 && height < innerHeight;
    panel.style.margin = isCovered ? `${offsetTop}px 0 ${innerHeight - height - offsetTop}px` : "";
  };

  const load = () => {
    if (frame) return;
    const path = `/widget/frame?admin=${encodeURIComponent(admin!)}&origin=${location.origin}`;
    frame = openFrame(panel, service, { path, title: chatName(state.settings), heard, failed });
  };

  const failed = (code = "unreachable") => {
    show({ hidden: true });
    // Before the frame goes: while it has the focus, that can be given back.
    close();
    frame?.remove();
    frame = undefined;
    timer = setTimeout(() => show({ hidden: false }), failedMs);
    emit("error", { code, message: `No chat from ${service}` });
  };

  const setOpen = (open: boolean) => {
    show({ open });
    post({ type: "open", open });
    emit(open ? "open" : "close");
  };

  const open = () => {
    if (state.open) return;
    before = document.activeElement as HTMLElement;
    load();
    setOpen(true);
  };

  const close = () => {
    if (!state.open) return;
    const hadFocus = launcher.hasFocus();
    setOpen(false);
    if (!hadFocus) return;
    button.focus();
    if (!launcher.hasFocus()) before?.focus();
  };

  const toggle = () => state.open ? close() : open();

  const pageSeen = () => ({ url: location.href, title: document.title, referrer: document.referrer });
  const page = () => post({ type: "page", page: pageSeen() });
  const heard = (message: ToHost) => {
    switch (message.type) {
      case "hello":
        return post({
          type: "init",
          settings: frameSettings(state.settings),
          stored: store.entries(),
          page: pageSeen(),
          open: state.open,
          // Whoever has gone on elsewhere since is left there.
          focus: document.activeElement === before,
        });
      case "refused":
        return failed(message.key);
      case "shut":
        return close();
      case "keep":
        store.put(message.key, message.value);
        return post({ type: "kept", key: message.key });
      case "look":
        return show({ look: message.value });
      case "unread":
        return show({ unread: message.value });
      case "event":
        return emit(message.key, message.value);
    }
  };

  button.onclick = toggle;
  button.onpointerenter = button.onfocus = load;
  addEventListener("click", ({ target }) => {
    try {
      // Without a selector it looks for an element named "undefined".
      if ((target as Element).closest(state.settings.launcherSelector!)) toggle();
    } catch { /* what was set is no selector, or what was clicked no element */ }
  }, { signal });
  addEventListener("storage", (event) => {
    const { key, newValue } = event as StorageEvent;
    const own = store.ownKey(key);
    if (own) post({ type: "stored", key: own, value: newValue ?? undefined });
  }, { signal });
  addEventListener("popstate", page, { signal });
  for (const type of ["focus", "blur"] as const) addEventListener(type, () => post({ type }), { signal });
  for (const moved of ["resize", "scroll"]) view?.addEventListener(moved, fit, { signal });
  launcher.draw(state);
  if (stored.has("visitor")) timer = setTimeout(load, returningMs);

  return {
    open,
    close,
    toggle,
    page,
    show: () => show({ hidden: false }),
    hide: () => show({ hidden: true }),
    update(settings: Settings) {
      show({ settings });
      post({ type: "settings", settings: frameSettings(settings) });
    },
    /** Needs the chat, so it is loaded, though not opened. */
    tell(type: "prefill" | "send", text?: { trim?(): string }) {
      load();
      post({ type, text: text?.trim?.() ?? "" });
    },
    reset() {
      store.clear();
      post({ type: "reset" });
    },
    destroy() {
      stop.abort();
      clearTimeout(timer);
      frame?.remove();
      launcher.remove();
    },
  };
}

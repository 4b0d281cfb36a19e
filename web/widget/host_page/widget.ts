import type { ToFrame } from "../bridge.ts";
import type { Chat, Host, Rest } from "./host_frame.ts";
import { hostStore } from "./host_store.ts";
import { type LauncherState, makeLauncher } from "./launcher.ts";
import { ofDocument } from "./page_document.ts";
import type { Settings } from "./settings.ts";

/** How long the launcher hides after the frame failed to load. Milliseconds. */
const failedMs = 30_000;
/** Timeout of the chat's script. Milliseconds. */
const answerMs = 15_000;
/** A returning visitor gets answers without opening the chat, once the page is idle. */
const returningMs = 200;
/** How long the launcher waits for its look. Milliseconds. */
const lookMs = 200;
/** Viewports on which the chat covers the page, hiding it from a visitor who navigated. */
const isFullScreen = () => matchMedia("(max-width:480px),(max-height:500px)").matches;
const isActivated = () => navigator.userActivation?.isActive !== false;

/** One chat on a host page: launcher, frame, and the stored values of the page's visitor. */
export function openWidget(
  service: string,
  given: Settings,
  emit: (name: string, detail?: unknown) => void,
) {
  const { admin, consumer, consent, nonce } = given;
  const store = hostStore(`parlor:${admin}${consumer ? `/${consumer}` : ""}:`, consent !== "denied");
  const stop = new AbortController();
  const { signal } = stop;
  const state: LauncherState = {
    settings: given,
    look: [],
    waiting: true,
    unread: 0,
    open: false,
    hidden: false,
  };
  let frame: Chat | undefined;
  let rest: Promise<Rest> | undefined;
  /** What the frame is to be told, while its script is on the way. */
  let unsaid: ToFrame[] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before: Element | null | undefined;
  const launcher = makeLauncher(nonce, () => frame?.restart());
  const { button } = launcher;

  const show = (change: Partial<LauncherState>) => {
    Object.assign(state, change);
    launcher.draw(state);
    frame?.fit();
  };

  /** The chatbot's own look; the corner only until the launcher was seen in one: it does not jump. */
  const showLook = (text = "") => {
    const look = text.split("|");
    if (!state.waiting) look[1] = state.look[1]!;
    show({ look, waiting: false });
  };

  const post = (message: ToFrame) => frame ? frame.post(message) : unsaid?.push(message);

  /** Parts that are loaded on demand. */
  const fetchRest = (): Promise<Rest> => {
    // What a page that was cached holds the name of may be gone: then as it is now.
    return rest ??= import(`${service}{host_frame.js}`).catch(() =>
      import(`${service}/widget/host_frame.js?${Date.now()}`)
    );
  };

  const load = () => {
    if (unsaid) return;
    unsaid = [];
    clearTimeout(timer);
    timer = setTimeout(failed, answerMs);
    fetchRest().then(({ connect }) => {
      if (signal.aborted || !unsaid) return;
      clearTimeout(timer);
      frame = connect(host);
      if (frame) unsaid.forEach(frame.post);
    }).catch(() => failed());
  };

  const failed = (code = "unreachable", message = `No chat from ${service}`) => {
    if (signal.aborted) return;
    show({ hidden: true });
    // Before the frame goes: while it has the focus, that can be given back.
    close();
    frame?.remove();
    frame = unsaid = rest = undefined;
    clearTimeout(timer);
    timer = setTimeout(() => show({ hidden: false }), failedMs);
    emit("error", { code, message });
  };

  const setOpen = (open: boolean) => {
    show({ open });
    post({ type: "open", open });
    emit(open ? "open" : "close");
  };

  const open = () => {
    if (state.open) return;
    before = ofDocument("activeElement");
    // On the next page it is open again, if the visitor did this and not the page.
    if (isActivated()) store.put("open", "1", true);
    load();
    setOpen(true);
  };

  const close = () => {
    if (!state.open) return;
    const hadFocus = launcher.hasFocus();
    store.put("open");
    setOpen(false);
    if (!hadFocus) return;
    button.focus();
    if (!launcher.hasFocus()) (before as HTMLElement)?.focus();
  };

  const toggle = () => state.open ? close() : open();

  /** Listens for the page's own button. */
  const listen = () => {
    if (state.settings.launcherSelector) fetchRest().then(({ listenToPage }) => listenToPage(host), () => {});
  };

  const host: Host = {
    service,
    admin: `${admin}`,
    state,
    store,
    launcher,
    signal,
    show,
    showLook,
    toggle,
    close,
    failed,
    emit,
    isWhereItWas: () => ofDocument("activeElement") === before,
  };
  button.onclick = toggle;
  button.onpointerenter = button.onfocus = load;
  // In the capture phase, so that a link is not followed, and nobody else can stop the click.
  launcher.draw(state);
  listen();
  const look = setTimeout(() => showLook(store.get("look")), lookMs);
  import(`${service}/widget/look?admin=${encodeURIComponent(admin!)}`).then((look) => look.default, () => {})
    .then((text?: string) => {
      clearTimeout(look);
      if (!signal.aborted) showLook(text ?? store.get("look"));
    });
  if (store.get("open") && !isFullScreen()) {
    timer = setTimeout(() => {
      load();
      setOpen(true);
    });
  } else if (store.get("visitor")) timer = setTimeout(load, returningMs);

  return {
    open,
    close,
    toggle,
    page: () => frame?.page(),
    show: () => show({ hidden: false }),
    hide: () => show({ hidden: true }),
    update(settings: Settings) {
      show({ settings });
      listen();
      frame?.update();
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
      clearTimeout(look);
      frame?.remove();
      launcher.remove();
    },
  };
}

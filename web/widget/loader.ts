import type { Settings } from "./settings.ts";
import { openWidget } from "./widget.ts";

type Listener = (detail: unknown) => void;
type Parlor = (verb: string, ...rest: unknown[]) => unknown;
/** What was asked before the script had loaded; `off` stops an `on` of that time. */
type Early = [string, ...unknown[]] & { off?: unknown };

const page = globalThis as { parlor?: Parlor & { q?: Early[] }; parlorSettings?: Settings };
const early = page.parlor?.q;

// A second copy of the snippet finds the first one's `parlor`, which has no queue, and leaves it alone.
if (!page.parlor || early) start();

function start(): void {
  const own = document.currentScript as HTMLScriptElement | null;
  const script = own ?? document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
  const service = new URL(script?.src ?? location.href).origin;
  let listening = new AbortController();
  let settings: Settings = { nonce: script?.nonce, ...page.parlorSettings, ...script?.dataset };
  let widget: ReturnType<typeof openWidget> | undefined;

  // Whatever goes wrong in here, or in a listener, is the page's to know of and not to trip over.
  const attempt = (act: () => unknown): unknown => {
    try {
      return act();
    } catch (error) {
      console.error("parlor:", error);
    }
  };

  const emit = (name: string, detail?: unknown) => {
    dispatchEvent(new CustomEvent(`parlor:${name}`, { detail }));
  };

  const update = (more?: Settings) => {
    settings = { ...settings, ...more };
    widget?.update(settings);
  };

  const reset = () => {
    settings.identity = settings.attributes = undefined;
    widget?.reset();
  };

  const verbs: Record<string, (argument: never, listener: Listener) => unknown> = {
    update,
    boot(more?: Settings) {
      update(more);
      if (widget || !settings.admin) return;
      widget = openWidget(service, settings, emit);
      emit("ready");
    },
    on(name: string, listener: Listener) {
      const heard = ({ detail }: CustomEventInit) => attempt(() => listener(detail));
      addEventListener(`parlor:${name}`, heard as EventListener, { signal: listening.signal });
      if (name === "ready" && widget) heard({});
      return () => removeEventListener(`parlor:${name}`, heard as EventListener);
    },
    identify: ({ token }: { token: string }) => update({ identity: token }),
    setAttributes: (more: Settings["attributes"]) =>
      update({ attributes: { ...settings.attributes, ...more } }),
    setLocale: (locale: string) => update({ locale }),
    setTheme: (theme: Settings["theme"]) => update({ theme }),
    prefill: (text: string) => widget?.tell("prefill", text),
    send: (text: string) => widget?.tell("send", text),
    reset,
    destroy() {
      reset();
      widget?.destroy();
      widget = undefined;
      listening.abort();
      listening = new AbortController();
    },
  };
  for (const verb of ["open", "close", "toggle", "show", "hide", "page"] as const) {
    verbs[verb] = () => widget?.[verb]();
  }

  const parlor: Parlor = (verb, ...rest) =>
    attempt(() => {
      const act = verbs[verb];
      if (act) return act(...rest as [never, Listener]);
      emit("error", { code: "unknown_verb", message: verb });
    });
  page.parlor = parlor;
  const replay = (call: Early) => call.off = parlor(...call as [string]);
  // Listeners first, so that they hear of the start as well.
  early?.filter(([verb]) => verb === "on").forEach(replay);
  parlor("boot");
  early?.filter(([verb]) => verb !== "on").forEach(replay);
}

import { make, ofDocument } from "./page_document.ts";
import type { Settings } from "./settings.ts";
import { openWidget } from "./widget.ts";

type Listener = (detail: unknown) => void;
/** What was asked before the script had loaded; `off` stops an `on` of that time. */
type Early = [string, ...unknown[]] & { off?: unknown };
/** How a further copy of the line reaches the widget that is there. */
const added = "parlor.line";
type Parlor = ((verb: string, ...rest: unknown[]) => unknown) & {
  q?: Early[];
  [added]?: (line: Settings) => void;
};

const page = globalThis as { parlor?: Parlor; parlorSettings?: Settings };
/** A variable of the page. Elements and frames of such a name are no own properties of the window. */
const variable = <K extends keyof typeof page>(name: K) => Object.hasOwn(page, name) ? page[name] : undefined;
/** Replaced by the service's origin where it is known when the script is served. */
const served = "{PUBLIC_URL}";

const before = variable("parlor");
const early: Early[] = Array.isArray(before?.q) ? before.q : [];
const script = ofDocument("currentScript") as HTMLScriptElement | null;
// Without the element, as for a module, the stack names the address that this script came from.
const source = script?.src || /https?:[^\s()]+?\/widget\.js/.exec(`${Error().stack}`)?.[0] || location.href;
// By an anchor: pages have variables called URL, as they have of any short name.
const service = /^h/.test(served) ? served : Object.assign(make("a"), { href: source }).origin;
// A line may be gone with the whole document, which somebody draws anew, as React does: that is no wish to have none.
const line = script?.closest("html") ? script : lineFrom(service);
const given = {
  __proto__: null,
  nonce: line?.nonce,
  ...variable("parlorSettings"),
  ...line?.dataset,
} as Settings;

// A line that was taken out before it had loaded is not to start any more, nor is what was destroyed with it.
if (script && script !== line) {
  early.splice(0, early.findLastIndex((call) => call?.[0] === "destroy") + 1);
}
if (line || !script) typeof before === "function" && before[added] ? before[added](given) : start(given);

/** A line of this script that is in the page. */
function lineFrom(origin: string): HTMLScriptElement | undefined {
  const scripts = ofDocument("getElementsByTagName").call(document, "script");
  for (let i = 0; i < scripts.length; i++) {
    const one = scripts[i] as HTMLScriptElement; // one in an svg has no `src`
    if (one.src?.startsWith(`${origin}/widget.js`)) return one;
  }
}

function start(settings: Settings): void {
  let listening = new AbortController();
  let widget: ReturnType<typeof openWidget> | undefined;
  /** Whose chat is there. */
  let shown: unknown;

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
    settings = { __proto__: null, ...settings, ...more } as Settings;
    widget?.update(settings);
  };

  const reset = () => {
    settings.identity = settings.attributes = undefined;
    widget?.reset();
  };

  const boot = (more?: Settings) => {
    if (widget && more?.admin && more.admin !== shown) {
      console.warn(
        `parlor: the chat of "${shown}" is here, not that of "${more.admin}": destroy it first`,
      );
    }
    update(widget ? { ...more, admin: settings.admin } : more);
    if (widget || !settings.admin) return;
    shown = settings.admin;
    widget = openWidget(service, settings, emit);
    emit("ready");
  };

  const verbs = {
    __proto__: null,
    update,
    boot,
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
  } as unknown as Record<string, (argument: never, listener: Listener) => unknown>;
  for (const verb of ["open", "close", "toggle", "show", "hide", "page"] as const) {
    verbs[verb] = () => widget?.[verb]();
  }

  const parlor: Parlor = (verb, ...rest) =>
    attempt(() => {
      const act = verbs[verb];
      if (act) return act(...rest as [never, Listener]);
      emit("error", { code: "unknown_verb", message: verb });
    });
  parlor[added] = (line) => {
    if (!widget) settings = line;
    // Another copy of the line changes nothing, unless it is for another chat: that is said.
    boot(widget ? { admin: line.admin } : undefined);
  };
  attempt(() => page.parlor = parlor);
  const replay = (call: Early) => attempt(() => call.off = parlor(...call as [string]));
  const isOn = (call: Early) => call?.[0] === "on";
  // Listeners first, so that they hear of the start as well.
  early.filter(isOn).forEach(replay);
  parlor("boot");
  early.filter((call) => !isOn(call)).forEach(replay);
}

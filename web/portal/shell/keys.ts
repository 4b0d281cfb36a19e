/** Handlers by `event.key`. They return whether they did anything. */
export type Keys = Record<string, () => boolean | void>;

/** Whether a non-Latin script is being typed, judged by the last letter; before that by the language. */
let isOtherScript = new Intl.Locale(navigator.language).maximize().script !== "Latn";

/**
 * The key as meant: its character where that is Latin or a sign, so that AZERTY and Dvorak keep their own
 * positions; with another script, letters and "/" by physical position. CapsLock changes nothing.
 */
function meantKey({ key: typed, code, shiftKey }: KeyboardEvent): string {
  if ([...typed].length !== 1) return typed;
  // Full-width letters of an input method count as Latin.
  const key = typed.normalize("NFKC");
  const isLatin = /\p{Script=Latin}/u.test(key);
  if (isLatin || /\p{L}|\p{M}/u.test(key)) isOtherScript = !isLatin;
  if (isLatin) return key.toLowerCase();
  if (key === "؟") return "?";
  if (!isOtherScript || key === "/" || key === "?") return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** These repeat while held down; other keys fire once. */
const repeated = ["j", "k"];

const isEditing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Listens to single keys unless an input has the focus; to Escape everywhere. An open dialog gets the keys instead.
 * Returns a function that stops listening.
 */
export function listenToKeys(keys: Keys): () => void {
  const heard = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const key = meantKey(event);
    if (event.repeat && !repeated.includes(key)) return;
    if (isEditing(event.target) && key !== "Escape") return;
    const act = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (act && act() !== false) event.preventDefault();
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}

/** What a key does, by the key as the browser names it. Answers whether it did anything. */
export type Keys = Record<string, () => boolean | void>;

/** Whether letters of another script than Latin are being typed, by the last one; before that by the language. */
let isOtherScript = new Intl.Locale(navigator.language).maximize().script !== "Latn";

/**
 * The key as a person means it: what stands on it where that is a Latin letter or a sign, so that AZERTY and Dvorak keep
 * their own places; where another script is typed, a letter and the key of "/" by where they lie. CapsLock changes nothing.
 */
function meantKey({ key: typed, code, shiftKey }: KeyboardEvent): string {
  if ([...typed].length !== 1) return typed;
  // An input method's wide letters are the same.
  const key = typed.normalize("NFKC");
  const isLatin = /\p{Script=Latin}/u.test(key);
  if (isLatin || /\p{L}|\p{M}/u.test(key)) isOtherScript = !isLatin;
  if (isLatin) return key.toLowerCase();
  if (key === "؟") return "?";
  if (!isOtherScript || key === "/" || key === "?") return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** Held down, these go on and on; any other key does its work once. */
const repeated = ["j", "k"];

const isEditing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Listens to single keys wherever nobody is writing; to Escape everywhere. While a dialog is open it has the keys.
 * Answers how to stop.
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

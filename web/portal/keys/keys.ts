/** What a key does, by the key as the browser names it. Answers whether it did anything. */
export type Keys = Record<string, () => boolean | void>;

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
    if (event.repeat && !repeated.includes(event.key)) return;
    if (isEditing(event.target) && event.key !== "Escape") return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (act && act() !== false) event.preventDefault();
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}

/** While an input method composes, Enter chooses a word and Escape drops it. Safari ends it before it says which key. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

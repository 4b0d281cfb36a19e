/** Whether an input method is composing: Enter chooses a word and Escape drops it. Safari ends composing before keydown. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

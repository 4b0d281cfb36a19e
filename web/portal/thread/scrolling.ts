/** Distance that counts as scrolled to the end. Pixels. */
const slack = 24;

/** A visible message and its offset in the thread. Pixels. */
export interface Anchor {
  message: Element;
  place: number;
}

export function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight <= slack;
}

/** Independent of scrolling; changes when content is inserted above, or turns out taller than estimated. */
const placeOf = (message: Element, scroller: HTMLElement) =>
  message.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;

/** The height of a block that is not rendered is an estimate, so a message in it is located by what follows it. */
const isDrawn = (block: Element) =>
  block.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? false;

/** The first visible message. Blocks are searched before messages: most of them are far away. */
export function anchorOf(scroller: HTMLElement): Anchor | undefined {
  const edge = scroller.getBoundingClientRect().top;
  const below = (element: Element) => element.getBoundingClientRect().bottom > edge;
  const blocks = [...scroller.querySelectorAll(".block")].filter(below);
  const block = blocks.find(isDrawn) ?? blocks[0];
  const message = [...block?.children ?? []].find(below);
  return message && { message, place: placeOf(message, scroller) };
}

/** Scrolls so that the anchor stays at its position, whatever changed above it. */
export function keepAnchor(scroller: HTMLElement, anchor: Anchor | undefined): void {
  if (!anchor?.message.isConnected) return;
  const moved = placeOf(anchor.message, scroller) - anchor.place;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  anchor.place += moved;
}

/** How near the end counts as being there. Pixels. */
const slack = 24;

/** A message that is seen, and where in the whole thread it stands. Pixels. */
export interface Anchor {
  message: Element;
  place: number;
}

export function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight <= slack;
}

/** Scrolling does not change it; what is put in above does, or what turns out higher there than it was taken for. */
const placeOf = (message: Element, scroller: HTMLElement) =>
  message.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;

/** Where a block is not drawn yet, its height is a guess, and a message within it stands beside what follows it. */
const isDrawn = (block: Element) =>
  block.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? false;

/** The first message in sight. Blocks are looked through before messages: most of them are far away. */
export function anchorOf(scroller: HTMLElement): Anchor | undefined {
  const edge = scroller.getBoundingClientRect().top;
  const below = (element: Element) => element.getBoundingClientRect().bottom > edge;
  const blocks = [...scroller.querySelectorAll(".block")].filter(below);
  const block = blocks.find(isDrawn) ?? blocks[0];
  const message = [...block?.children ?? []].find(below);
  return message && { message, place: placeOf(message, scroller) };
}

/** Scrolls so that what was seen stands where it stood, whatever happened above it. */
export function keepAnchor(scroller: HTMLElement, anchor: Anchor | undefined): void {
  if (!anchor?.message.isConnected) return;
  const moved = placeOf(anchor.message, scroller) - anchor.place;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  anchor.place += moved;
}

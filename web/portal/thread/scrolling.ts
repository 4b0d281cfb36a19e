/** How near the end counts as being there. Pixels. */
const slack = 24;

/** A message that is seen, and how far it stands under the upper edge. Pixels. */
export interface Anchor {
  seq: string;
  top: number;
}

export function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight <= slack;
}

const topOf = (element: Element, scroller: HTMLElement) =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;

/** The first message in sight. Blocks are looked through before messages: most of them are far away. */
export function anchorOf(scroller: HTMLElement): Anchor | undefined {
  const edge = scroller.getBoundingClientRect().top;
  const below = (element: Element) => element.getBoundingClientRect().bottom > edge;
  const block = [...scroller.querySelectorAll(".block")].find(below);
  const message = [...block?.children ?? []].find(below) as HTMLElement | undefined;
  return message && { seq: message.dataset.seq!, top: topOf(message, scroller) };
}

/** Scrolls so that what was seen stands where it stood, whatever was put above it. */
export function keepAnchor(scroller: HTMLElement, anchor: Anchor | undefined): void {
  const message = anchor && scroller.querySelector(`.message[data-seq="${anchor.seq}"]`);
  if (message) scroller.scrollTop += topOf(message, scroller) - anchor.top;
}

/** Results that `watchFocus` records in the page. */
export interface Watch {
  focusWatch: {
    faults: string[];
    /**
     * Checks the focused element, and whether the previously focused one has lost its focus style. Returns
     * whether any element has the focus.
     */
    look(): boolean;
  };
}

/** Runs in the page: records a focus that is invisible, out of order or lost. */
export function watchFocus(): void {
  /** Number of frames without a focus that counts as a loss. */
  const lostFrames = 6;
  const faults: string[] = [];
  const nameOf = (element: Element) =>
    element.getAttribute("aria-label") || element.id || element.textContent!.trim().slice(0, 40);
  const ringOf = (element: Element | null) => {
    if (!element) return "";
    const { outlineStyle, outlineColor, outlineWidth, boxShadow } = getComputedStyle(element);
    return [outlineStyle === "none" ? "" : outlineStyle + outlineColor + outlineWidth, boxShadow].join();
  };
  /** The focus ring may be on the control, on an element drawn in its place, or around its containing box. */
  const ringsOf = (element: Element) =>
    [element, element.nextElementSibling, element.parentElement].map(ringOf).join(" | ");

  let before: { element: Element; rings: string } | undefined;
  const compare = (now: Element | undefined) => {
    if (!before || before.element === now || !before.element.isConnected) return;
    const { element, rings } = before;
    const isInSameRing = now && element.parentElement!.contains(now) &&
      /px/.test(ringOf(element.parentElement));
    if (!isInSameRing && ringsOf(element) === rings) faults.push(`${nameOf(element)}: no ring`);
  };
  const seen = (element: Element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const hit = document.elementFromPoint(x, y);
    const isOn = hit &&
      (element.contains(hit) || hit.contains(element) || element.parentElement!.contains(hit));
    if (!isOn) faults.push(`${nameOf(element)}: ${hit ? `under ${nameOf(hit)}` : "out of sight"}`);
  };

  /** While a page is loading there may be no element to focus. */
  const isLoading = () =>
    document.querySelector(".skeleton-room, .notice-page[role=status], [aria-busy=true]") !== null;
  let key = "", last = "", lost = 0;
  document.addEventListener("keydown", (event) => key = event.key, { capture: true });
  const frame = () => {
    const { activeElement } = document;
    if (activeElement && activeElement !== document.body) {
      last = nameOf(activeElement);
      lost = 0;
    } else if (last && key !== "Tab" && !isLoading() && ++lost === lostFrames) {
      faults.push(`lost from ${last} after ${key}`);
    }
    requestAnimationFrame(frame);
  };
  frame();

  (globalThis as unknown as Watch).focusWatch = {
    faults,
    look() {
      // If the element does not match `:focus`, the focus is on an inner part of the field, such as its
      // clock, which the browser outlines.
      const { activeElement, body } = document;
      const now = activeElement?.matches(":focus") && activeElement !== body ? activeElement : undefined;
      compare(now);
      if (now && now !== before?.element) {
        seen(now);
        before = { element: now, rings: ringsOf(now) };
      }
      if (!now) before = undefined;
      return now !== undefined;
    },
  };
}

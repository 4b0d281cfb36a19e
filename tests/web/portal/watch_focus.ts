/** What `watchFocus` leaves in the page. */
export interface Watch {
  focusWatch: {
    faults: string[];
    /** Looks at what has the focus, and whether what had it before looks otherwise now. Whether anything has it. */
    look(): boolean;
  };
}

/** Runs in the page: sees to it that the focus is to be seen, goes on in order, and is never lost. */
export function watchFocus(): void {
  /** So many frames without a focus are no passing moment. */
  const lostFrames = 6;
  const faults: string[] = [];
  const nameOf = (element: Element) =>
    element.getAttribute("aria-label") || element.id || element.textContent!.trim().slice(0, 40);
  const ringOf = (element: Element | null) => {
    if (!element) return "";
    const { outlineStyle, outlineColor, outlineWidth, boxShadow } = getComputedStyle(element);
    return [outlineStyle === "none" ? "" : outlineStyle + outlineColor + outlineWidth, boxShadow].join();
  };
  /** The ring stands at the control itself, at what is drawn in its place, or around the box that it is in. */
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

  /** While a place is being loaded there is nothing yet to have the focus. */
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
      // Without `:focus` it is a part of the field, such as its clock, that the browser draws a ring around.
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

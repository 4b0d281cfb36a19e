import { useEffect, useRef } from "preact/hooks";
import type { Place } from "./paths.ts";

interface Arrival {
  place: Place;
  /** Whether what the place begins with is known. */
  isReady: boolean;
  /** Whether one has just come through the door. */
  hasEntered: boolean;
}

/** Once the list and what stands beside it have come. */
const settled = ".shell:not(:has(.skeleton-room, .notice-page[role=status]))";

/** Where whoever uses keys goes on in a place: the first of these that is in sight. */
const beginnings: Record<Place["kind"], string[]> = {
  inbox: ["a.room", `${settled} #main`, `${settled} .tabs [aria-selected=true]`],
  thread: ["#main"],
  search: ["#main"],
  // A phone may show the list of them alone.
  settings: ["#set-heading", ".set-page:has(#set-heading) .set-contents [aria-current]"],
  unknown: ["#main"],
};

/** When one place of the portal is left for another, and what had the focus goes with it, the focus is in the new one. */
export function useKeptFocus({ place, isReady, hasEntered }: Arrival): void {
  const shown = useRef<Place | undefined>(hasEntered ? undefined : place);
  useEffect(() => {
    const left = shown.current;
    if (!isReady || left?.kind === place.kind) return void (shown.current = isReady ? place : left);
    shown.current = place;
    const row = left?.kind === "thread" ? [`.room[data-consumer="${CSS.escape(left.consumer)}"]`] : [];
    return focusSoon([...row, ...beginnings[place.kind]]);
  }, [place.kind, isReady]);
}

/** Focuses the first of these that is in sight, as soon as there is one; unless something else has the focus by then. */
function focusSoon(selectors: string[]): () => void {
  const isDone = () => {
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement?.checkVisibility()) return true;
    const all = selectors.flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)]);
    const beginning = all.find((element) => element.checkVisibility());
    beginning?.focus();
    return beginning !== undefined;
  };
  const observer = new MutationObserver(() => isDone() && observer.disconnect());
  if (!isDone()) observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

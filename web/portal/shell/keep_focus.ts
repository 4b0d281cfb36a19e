import { useEffect, useRef } from "preact/hooks";
import type { Route } from "./paths.ts";

interface Arrival {
  page: Route;
  /** Whether the data that the page begins with is loaded. */
  isReady: boolean;
  /** Whether the admin has just signed in. */
  hasEntered: boolean;
}

/** Once the list and the page beside it are loaded. */
const settled = ".shell:not(:has(.skeleton-room, .notice-page[role=status]))";

/** What receives the focus on a page: the first of these selectors that is visible. */
const beginnings: Record<Route["kind"], string[]> = {
  inbox: ["a.room", `${settled} #main`, `${settled} .tabs [aria-selected=true]`],
  thread: ["#main"],
  search: ["#main"],
  // A phone may show the list of sections only.
  settings: ["#set-heading", ".set-page:has(#set-heading) .set-contents [aria-current]"],
  reports: ["#main"],
  bot: ["#main"],
  unknown: ["#main"],
};

/** Moves the focus into the new page when navigation removes the element that had it. */
export function useKeptFocus({ page, isReady, hasEntered }: Arrival): void {
  const shown = useRef<Route | undefined>(hasEntered ? undefined : page);
  useEffect(() => {
    const left = shown.current;
    if (!isReady || left?.kind === page.kind) return void (shown.current = isReady ? page : left);
    shown.current = page;
    const row = left?.kind === "thread" ? [`.room[data-consumer="${CSS.escape(left.consumer)}"]`] : [];
    return focusSoon([...row, ...beginnings[page.kind]]);
  }, [page.kind, isReady]);
}

/** Focuses the first visible one as soon as it appears, unless something else has the focus by then. */
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

import { signal } from "@preact/signals";

function matching(query: string) {
  const media = matchMedia(query);
  const matches = signal(media.matches);
  media.addEventListener("change", () => matches.value = media.matches);
  return matches;
}

/** Wide enough for the visitor's panel beside the thread; else it lies over it. As `style/thread.css` has it. */
export const isWide = matching("(min-width: 1200px)");
/** One column at a time. As `style/inbox.css` has it. */
export const isNarrow = matching("(max-width: 759px)");

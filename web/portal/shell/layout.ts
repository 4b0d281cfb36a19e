import { signal } from "@preact/signals";

function matching(query: string) {
  const media = matchMedia(query);
  const matches = signal(media.matches);
  media.addEventListener("change", () => matches.value = media.matches);
  return matches;
}

/** Wide enough for the visitor panel beside the thread; else it overlays it. As in `style/thread.css`. */
export const isWide = matching("(min-width: 1200px)");
/** One column at a time. As in `style/inbox.css`. */
export const isNarrow = matching("(max-width: 759px)");

import { effect, type ReadonlySignal } from "@preact/signals";
import { say } from "../words/words.ts";

const icon = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]')!;

/** Shows the number of unread conversations in the tab's title and icon. Returns a function that stops. */
export function showBadge(unread: ReadonlySignal<number>, title: ReadonlySignal<string>): () => void {
  const plain = icon().href;
  const stops = [
    effect(() => {
      const words = title.value ? `${title.value} · ${say("parlor")}` : say("parlor");
      document.title = unread.value > 0 ? `(${unread.value}) ${words}` : words;
    }),
    effect(() => {
      icon().href = unread.value > 0 ? drawn(unread.value) : plain;
      // An installed app has a badge of its own.
      if (unread.value > 0) navigator.setAppBadge?.(unread.value).catch(() => {});
      else navigator.clearAppBadge?.().catch(() => {});
    }),
  ];
  return () => {
    stops.forEach((stop) => stop());
    document.title = say("parlor");
    icon().href = plain;
    navigator.clearAppBadge?.().catch(() => {});
  };
}

/** The icon with a number on it. */
function drawn(count: number): string {
  const text = count > 9 ? "9+" : `${count}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path fill="#0f766e" d="M6 3h20a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H15l-7 6v-6H6a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"/>
<circle cx="21" cy="11" r="11" fill="#c02626"/><text x="21" y="16" text-anchor="middle" fill="#fff"
font-family="system-ui,sans-serif" font-size="14" font-weight="700">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

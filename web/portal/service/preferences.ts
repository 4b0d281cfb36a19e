import { effect, signal } from "@preact/signals";

/** Settings of this browser. */
export interface Preferences {
  theme: "auto" | "light" | "dark";
  /** A language tag; empty for the browser's. */
  language: string;
  sound: boolean;
  desktop: boolean;
  /** A visitor's message has arrived live, so the purpose of notifications is plain. */
  heard: boolean;
  /** The person has answered whether to be notified. */
  asked: boolean;
  /** The visitor's panel is folded away. */
  panelClosed: boolean;
}

const key = "parlor:preferences";
const usual: Preferences = {
  ...{
    theme: "auto",
    language: "",
    sound: true,
    desktop: false,
    heard: false,
    asked: false,
    panelClosed: false,
  },
};

function read(): Preferences {
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return usual;
  }
}

export const preferences = signal<Preferences>(read());

/** Changes some of them, for the other tabs too. */
export function prefer(changes: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...changes };
  try {
    localStorage.setItem(key, JSON.stringify(preferences.value));
  } catch {
    // Full or refused: they hold as long as this page.
  }
}

addEventListener("storage", (event: StorageEvent) => {
  if (event.key === key) preferences.value = read();
});

effect(() => {
  const { theme } = preferences.value;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
});

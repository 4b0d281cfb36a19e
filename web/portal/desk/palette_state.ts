import { signal } from "@preact/signals";

/** What may be chosen in the palette. */
export type PaletteKind = "assign" | "label" | "snooze" | "views";

/** The open palette, and the rooms that it is about. */
export const palette = signal<{ kind: PaletteKind; consumers: readonly string[] } | undefined>(undefined);

export function openPalette(kind: PaletteKind, consumers: readonly string[] = []): void {
  palette.value = { kind, consumers };
}

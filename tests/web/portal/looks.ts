/** Variants in which the portal is tested: both widths, both color schemes, both writing directions. */
export const looks = [
  { viewport: { width: 1280, height: 800 }, colorScheme: "light", locale: "en-GB" },
  { viewport: { width: 1280, height: 800 }, colorScheme: "dark", locale: "ar" },
  { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "ar" },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "en-GB" },
] as const;

export type Look = typeof looks[number];

/** A variant's label in test names. */
export const nameOfLook = ({ viewport, colorScheme, locale }: Look): string =>
  `${viewport.width} px, ${colorScheme}, ${locale}`;

/** A title as a key part, cut off: titles that differ in case alone are the same, and sort together. */
export const titlePart = (title: string): string =>
  title.normalize().toLowerCase().slice(0, 200).toWellFormed();

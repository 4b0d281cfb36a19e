/** A part of a message: matched or not. */
export interface Stretch {
  text: string;
  isFound: boolean;
}

/** The excerpt of a match, in parts. `marks` are UTF-16 offsets, in order; `cut` is the excerpt's range. */
export function snippet(
  content: string,
  marks: readonly (readonly [number, number])[],
  cut?: { from: number; of: number },
): Stretch[] {
  const stretches: Stretch[] = [{ text: cut && cut.from > 0 ? "…" : "", isFound: false }];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at) continue;
    stretches.push({ text: content.slice(at, start), isFound: false });
    stretches.push({ text: content.slice(start, end), isFound: true });
    at = end;
  }
  const goesOn = cut && cut.from + content.length < cut.of;
  stretches.push({ text: content.slice(at) + (goesOn ? "…" : ""), isFound: false });
  return stretches.filter(({ text }) => text !== "");
}

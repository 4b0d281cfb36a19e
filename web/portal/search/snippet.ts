/** A stretch of a message: found or not. */
export interface Stretch {
  text: string;
  isFound: boolean;
}

/** Characters shown before the first place that was found, and of the message in all. */
const lead = 40, length = 220;

/** The part of a message around what was found in it, cut at words. `marks` are UTF-16 offsets, in order. */
export function snippet(content: string, marks: readonly (readonly [number, number])[]): Stretch[] {
  const first = marks[0]?.[0] ?? 0;
  const from = first <= lead ? 0 : nextBlank(content, first - lead);
  const to = Math.min(content.length, from + length);
  const stretches: Stretch[] = [{ text: from > 0 ? "…" : "", isFound: false }];
  let at = from;
  for (const [start, end] of marks) {
    if (start < at || end > to) continue;
    stretches.push({ text: content.slice(at, start), isFound: false });
    stretches.push({ text: content.slice(start, end), isFound: true });
    at = end;
  }
  stretches.push({ text: content.slice(at, to) + (to < content.length ? "…" : ""), isFound: false });
  return stretches.filter(({ text }) => text !== "");
}

function nextBlank(content: string, at: number): number {
  const blank = content.slice(at, at + lead).search(/\s/);
  return blank < 0 ? at : at + blank + 1;
}

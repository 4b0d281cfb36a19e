import { gzipSync } from "node:zlib";
import type { Face } from "./faces.ts";

/** A face is larger than it may be. */
export class OverBudget extends Error {
  override name = "OverBudget";
}

/** What a browser downloads of this text. Bytes. */
export const gzipSize = (text: string): number => gzipSync(text, { level: 9 }).byteLength;

/** One line for each budget of a face. @throws {OverBudget} */
export function checkBudget(face: Face, texts: Map<string, string>): string[] {
  return face.budget.map(({ files, bytes }) => {
    const size = files.reduce((sum, name) => sum + gzipSize(texts.get(name) ?? ""), 0);
    const line = `${face.name}: ${files.join(" + ")} ${size} of ${bytes} bytes, gzipped`;
    if (size > bytes) throw new OverBudget(line);
    return line;
  });
}

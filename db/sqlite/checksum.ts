import type { MessageRow } from "./message_row.ts";

/**
 * 32-bit FNV-1a over all fields of a message and its position. A change of any single character changes the
 * sum.
 */
export function checksumOf(
  room: number,
  { seq, side, kind, created, content, client_id, details }: MessageRow,
): number {
  const sum = hash(content, hash(`${room} ${seq} ${side} ${kind} ${created} ${client_id ?? ""}`, 0x811c9dc5));
  return details === null ? sum : hash(details, sum);
}

function hash(text: string, start: number): number {
  let sum = start;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum;
}

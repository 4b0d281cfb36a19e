import type { MessageRow } from "./message_row.ts";

/** FNV-1a of 32 bits over all of a message and where it stands: any one character that differs makes another. */
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

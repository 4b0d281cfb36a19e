let lastMs = 0;
let count = 0;

/** A new UUID of version 7. Those of one tab are monotonic, also within a millisecond. */
export function uuidV7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (now > lastMs) {
    lastMs = now;
    count = (bytes[6]! << 8 | bytes[7]!) & 0x7ff;
  } else if (++count > 0xfff) {
    lastMs++;
    count = 0;
  }
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(lastMs / 2 ** (8 * (5 - i)));
  bytes[6] = 0x70 | count >> 8;
  bytes[7] = count;
  bytes[8] = 0x80 | bytes[8]! & 0x3f;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

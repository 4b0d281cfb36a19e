/** 12 characters of 0-9 a-z: short enough for a message's id, and none is made twice. */
export function newRoomId(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (BigInt(high) << 32n | BigInt(low)).toString(36).padStart(13, "0").slice(1);
}

/** A new account id: 128 random bits in hex. */
export function newAccountId(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toHex();
}

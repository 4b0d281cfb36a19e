/** Parameters of an Argon2id hash. */
export interface Argon2idParameters {
  /** KiB */
  memory: number;
  passes: number;
  lanes: number;
  salt: Uint8Array<ArrayBuffer>;
  /** Bytes of the hash. */
  length: number;
}

const pattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The PHC string of a hash: all that verification needs. */
export function toPhc(hash: Uint8Array, { memory, passes, lanes, salt }: Argon2idParameters): string {
  const [saltText, hashText] = [salt, hash].map((bytes) => bytes.toBase64({ omitPadding: true }));
  return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${saltText}$${hashText}`;
}

/** @throws {Error} if the text is no PHC string of Argon2id, version 19 */
export function fromPhc(phc: string): { parameters: Argon2idParameters; hash: Uint8Array } {
  const parts = pattern.exec(phc);
  if (!parts) throw new Error("A stored password is no argon2id PHC string");
  const [memory, passes, lanes] = parts.slice(1, 4).map(Number) as [number, number, number];
  const [salt, hash] = parts.slice(4).map((text) => Uint8Array.fromBase64(text)) as [
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>,
  ];
  return { parameters: { memory, passes, lanes, salt, length: hash.length }, hash };
}

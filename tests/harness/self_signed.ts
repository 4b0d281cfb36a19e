type Bytes = Uint8Array<ArrayBuffer>;

/** Encodes one DER value: tag, length, content. */
function der(tag: number, ...parts: Bytes[]): Bytes {
  const content = join(...parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return join(Uint8Array.of(tag, ...size), content);
}

export function join(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const text = (value: string): Bytes => new TextEncoder().encode(value);
const sequence = (...parts: Bytes[]) => der(0x30, ...parts);
const ecdsaWithSha256 = sequence(der(0x06, Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)));
const commonName = (name: string) =>
  sequence(der(0x31, sequence(der(0x06, Uint8Array.of(0x55, 4, 3)), der(0x0c, text(name)))));
const pem = (label: string, bytes: ArrayBuffer | Bytes) =>
  `-----BEGIN ${label}-----\n${new Uint8Array(bytes).toBase64()}\n-----END ${label}-----\n`;

/** Creates a self-signed certificate for `localhost`. */
export async function selfSigned(): Promise<{ cert: string; key: string }> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  const name = commonName("localhost");
  const alternative = der(0x04, sequence(der(0x82, text("localhost"))));
  const extension = sequence(der(0x06, Uint8Array.of(0x55, 0x1d, 0x11)), alternative);
  const content = sequence(
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, Uint8Array.of(1)),
    ecdsaWithSha256,
    name,
    sequence(der(0x17, text("200101000000Z")), der(0x17, text("490101000000Z"))),
    name,
    new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey)),
    der(0xa3, sequence(extension)),
  );
  const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, content);
  const [r, s] = [0, 32].map((at) => der(0x02, Uint8Array.of(0, ...new Uint8Array(raw, at, 32))));
  const signature = sequence(shortest(r!), shortest(s!));
  const certificate = sequence(content, ecdsaWithSha256, der(0x03, Uint8Array.of(0), signature));
  return {
    cert: pem("CERTIFICATE", certificate),
    key: pem("PRIVATE KEY", await crypto.subtle.exportKey("pkcs8", pair.privateKey)),
  };
}

/** Removes leading zero bytes of an integer, as DER requires. */
function shortest(number: Bytes): Bytes {
  let digits = number.slice(2);
  while (digits.length > 1 && digits[0] === 0 && digits[1]! < 128) digits = digits.slice(1);
  return der(0x02, digits);
}

import { lookup } from "node:dns/promises";
import { Unreachable } from "./errors.ts";
import { exchange, nameOf, portOf, tooLarge, within } from "./exchange.ts";
import { isPublicAddress } from "./public_address.ts";

/** Whether a connection to a resolved address may be made. */
export type AddressCheck = (address: string, port: number) => boolean;

export interface OutgoingRequest {
  /** Media types asked for. */
  accept: string;
  maxBytes: number;
  /** For the request and all its redirects. Milliseconds. */
  timeoutMs: number;
  /** Whether a redirect to this address is followed. */
  mayFollow(url: URL): boolean;
  signal?: AbortSignal;
}

export interface OutgoingResponse {
  /** Where it was found. */
  url: URL;
  status: number;
  /** Media type without parameters, in lower case; empty if it is not said. */
  type: string;
  charset?: string;
  body: Uint8Array<ArrayBuffer>;
}

/** Redirects followed. */
const mostRedirects = 3;
const userAgent = "Parlor/1.0 (reads pages for a chatbot of the same site)";

const isUsual: AddressCheck = (address, port) => (port === 80 || port === 443) && isPublicAddress(address);

/**
 * Requests addresses that users name: public ones alone, by what a name resolves to, and connects to what was checked. No
 * cookies, no credentials. Each redirect is checked anew.
 */
export class Outgoing {
  readonly #mayConnect: AddressCheck;
  readonly #caCerts: string[];

  /** `caCerts`: authorities to trust besides the usual ones, as PEM. */
  constructor(mayConnect: AddressCheck = isUsual, caCerts: string[] = []) {
    this.#mayConnect = mayConnect;
    this.#caCerts = caCerts;
  }

  /** @throws {Unreachable} */
  async get(address: URL, options: OutgoingRequest): Promise<OutgoingResponse> {
    const timeout = AbortSignal.timeout(options.timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    let url = address;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const { status, headers, body } = await exchange(url, {
        address: await this.#checked(url, signal),
        headers: { accept: options.accept, "accept-encoding": "identity", "user-agent": userAgent },
        maxBytes: options.maxBytes,
        signal,
        caCerts: this.#caCerts,
      });
      const next = status >= 300 && status < 400 && headers.location && URL.parse(headers.location, url);
      if (!next) {
        const { type, charset } = mediaOf(headers["content-type"] ?? "");
        const plain = await decoded(body, {
          encoding: headers["content-encoding"],
          maxBytes: options.maxBytes,
        });
        return { url, status, type, charset, body: plain };
      }
      if (!options.mayFollow(next)) throw new Unreachable("it redirects to another site");
      url = next;
    }
    throw new Unreachable(`it redirects more than ${mostRedirects} times`);
  }

  /** The address to connect to: every one that the name resolves to is allowed. */
  async #checked(url: URL, signal: AbortSignal): Promise<string> {
    if (url.protocol !== "https:" && url.protocol !== "http:") {
      throw new Unreachable("not a http or https address");
    }
    if (url.username || url.password) throw new Unreachable("an address with a user name");
    const name = nameOf(url), port = portOf(url);
    const found = await within(lookup(name, { all: true }), signal);
    if (found.length === 0 || !found.every(({ address }) => this.#mayConnect(address, port))) {
      throw new Unreachable("its address is not public");
    }
    return (found.find(({ family }) => family === 4) ?? found[0]!).address;
  }
}

function mediaOf(header: string): { type: string; charset?: string } {
  const [type = "", ...parameters] = header.split(";");
  const charset = parameters.map((one) => /^\s*charset="?([\w-]{1,40})"?\s*$/i.exec(one)?.[1]).find(Boolean);
  return { type: type.trim().toLowerCase(), ...(charset !== undefined && { charset }) };
}

/** Nothing encoded was asked for; gzip is sent nevertheless by some. */
async function decoded(
  body: Uint8Array<ArrayBuffer>,
  { encoding = "identity", maxBytes }: { encoding?: string; maxBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === "identity" || encoding === "") return body;
  if (encoding !== "gzip" && encoding !== "x-gzip") throw new Unreachable("its encoding is unknown");
  return await unzipped(body, maxBytes);
}

/** Unpacks gzip up to a size. @throws {Unreachable} beyond it, or if it is broken */
export async function unzipped(
  body: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for await (const chunk of new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"))) {
      if ((length += chunk.length) > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk as Uint8Array<ArrayBuffer>);
    }
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable("its gzip is broken", { cause: error });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { Duplex } from "node:stream";
import { Unreachable } from "./errors.ts";

/** A response of one server. */
export interface Exchanged {
  status: number;
  headers: IncomingMessage["headers"];
  body: Uint8Array<ArrayBuffer>;
}

export interface ExchangeOptions {
  /** Checked; the connection goes to it, whatever the name stands for by now. */
  address: string;
  headers: Record<string, string>;
  maxBytes: number;
  signal: AbortSignal;
  /** Authorities to trust besides the usual ones. PEM. */
  caCerts?: string[];
}

// `node:http` of Deno 2.5 sends nothing over a connection that it is given, and fails later where nothing can catch it.
const [major = 0, minor = 0] = Deno.version.deno.split(".").map(Number);
const isAble = major > 2 || minor >= 9;

/**
 * GET of an address over a connection to a given machine; its certificate is checked for the name. `fetch` cannot be told
 * where to connect, and `node:https` asks for more permissions. @throws {Unreachable}
 */
export async function exchange(url: URL, options: ExchangeOptions): Promise<Exchanged> {
  if (!isAble) throw new Unreachable("this service runs on a Deno that cannot: 2.9 is needed");
  const conn = await connect(url, options);
  const end = () => {
    try {
      conn.close();
    } catch { /* closed already */ }
  };
  options.signal.addEventListener("abort", end);
  try {
    return await exchangeOver(conn, url, options);
  } finally {
    options.signal.removeEventListener("abort", end);
    end();
  }
}

export const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === "https:" ? 443 : 80));

async function connect(url: URL, { address, signal, caCerts }: ExchangeOptions): Promise<Deno.Conn> {
  const connecting = Deno.connect({ hostname: address, port: portOf(url) });
  // One that comes too late is closed.
  void connecting.then((conn) => signal.aborted && conn.close(), () => {});
  const tcp = await within(connecting, signal);
  if (url.protocol === "http:") return tcp;
  try {
    const tls = await within(Deno.startTls(tcp as Deno.TcpConn, { hostname: nameOf(url), caCerts }), signal);
    await within(tls.handshake(), signal).catch((error) => {
      tls.close();
      throw error;
    });
    return tls;
  } catch (error) {
    const isRefused = (error as Error).cause instanceof Deno.errors.InvalidData;
    throw isRefused ? new Unreachable("its certificate is not valid for its name", { cause: error }) : error;
  }
}

/** A name or an address without its brackets. */
export const nameOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

/** @throws {Unreachable} once the signal aborts, or if the work fails */
export function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Unreachable("it took too long"));
    if (signal.aborted) return late();
    signal.addEventListener("abort", late, { once: true });
    void work.then(resolve, (error) => reject(asUnreachable(error)))
      .finally(() => signal.removeEventListener("abort", late));
  });
}

const asUnreachable = (error: unknown) =>
  error instanceof Unreachable ? error : new Unreachable("it cannot be reached", { cause: error });

async function exchangeOver(conn: Deno.Conn, url: URL, options: ExchangeOptions): Promise<Exchanged> {
  const duplex = Duplex.fromWeb(conn as unknown as Parameters<typeof Duplex.fromWeb>[0]);
  // The request reports it.
  duplex.on("error", () => {});
  const asked = request({
    host: options.address,
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, connection: "close", ...options.headers },
    createConnection: () => duplex as never,
  });
  try {
    const response = await within(responseTo(asked), options.signal);
    const { statusCode: status = 0, headers } = response;
    return { status, headers, body: await within(bodyOf(response, options.maxBytes), options.signal) };
  } finally {
    asked.destroy();
    duplex.destroy();
  }
}

function responseTo(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.on("response", resolve);
    asked.on("error", reject);
    asked.on("close", () => reject(new Unreachable("it ended without an answer")));
    asked.end();
  });
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of response) {
    if ((length += chunk.length) > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

export const tooLarge = (maxBytes: number): Unreachable =>
  new Unreachable(`it is larger than ${Math.round(maxBytes / 1024)} KiB`);

export interface RawAnswer {
  status: number;
  headers: Headers;
  /** As received, including chunk headers. */
  body: string;
}

/** Sends a request verbatim, which should contain `Connection: close`, and reads the whole response. */
export async function raw(address: string, request: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(request));
  const decoder = new TextDecoder(), buffer = new Uint8Array(65_536);
  let text = "";
  for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
    text += decoder.decode(buffer.subarray(0, n), { stream: true });
  }
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [status = "", ...lines] = head.split("\r\n");
  return {
    status: Number(status.split(" ")[1]),
    headers: new Headers(lines.map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()];
    })),
    body: rest.join("\r\n\r\n"),
  };
}

/** Longest line of a stream, in UTF-16 code units: no honest piece of an answer comes near it. */
const longestLine = 64 * 1024;
/** Most of a body that is read. Bytes. */
export const mostBody = 1024 * 1024;

/** The body is longer than what is read of it, or no UTF-8. */
export class BadBody extends Error {
  override name = "BadBody";
}

/** A body's text, wherever its bytes are cut. @throws {BadBody} */
export async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBody) throw new BadBody("The body is too long");
    yield decoded(decoder, chunk);
  }
  yield decoded(decoder);
}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new BadBody("The body is no UTF-8");
  }
}

/**
 * The `data` of each event of an event stream, as WHATWG's HTML says; the last event may lack its empty line.
 * @throws {BadBody}
 */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of linesOf(textOf(body))) {
    const value = /^data:? ?(.*)$/s.exec(line)?.[1];
    if (value !== undefined) data.push(value);
    if (line !== "" || data.length === 0) continue;
    yield data.join("\n");
    data = [];
  }
  if (data.length > 0) yield data.join("\n");
}

/** Lines that end in LF, CRLF or CR, wherever the text is cut. @throws {BadBody} */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of texts) {
    const mayEnd = rest.endsWith("\r") || /[\r\n]/.test(text);
    rest += text;
    // A CR at the end may be half of a CRLF.
    const lines = mayEnd ? rest.split(/\r\n|\n|\r(?!$)/) : [rest];
    rest = lines.pop()!;
    if (rest.length > longestLine) throw new BadBody("A line is too long");
    yield* lines;
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

import { endPauses, type Way, ways } from "./llm_ways.ts";

/** A request as the endpoint received it. */
export interface Heard {
  way: string;
  headers: Headers;
  // deno-lint-ignore no-explicit-any -- whatever was sent
  body: any;
  /** Attempts of this way before. */
  attempt: number;
}

/**
 * A local OpenAI-compatible endpoint on a free port. The first part of the path says how it behaves: one of `ways`, or
 * `asked`, where the question names one as in "(way: right)".
 */
export class LlmServer implements AsyncDisposable {
  readonly heard: Heard[] = [];
  #stop = new AbortController();
  #server = Deno.serve(
    {
      port: 0,
      hostname: "127.0.0.1",
      signal: this.#stop.signal,
      onListen() {},
      onError: () => new Response(),
    },
    (request) => this.#answer(request),
  );

  /** Address of the endpoint that behaves in this way. */
  url(way: string): string {
    const origin = `http://127.0.0.1:${way === "refused" ? closedPort() : this.#server.addr.port}`;
    return `${origin}/${way}/chat/completions`;
  }

  async [Symbol.asyncDispose]() {
    this.#stop.abort();
    endPauses();
    await this.#server.finished;
  }

  async #answer(request: Request): Promise<Response> {
    const [, first = ""] = new URL(request.url).pathname.split("/");
    const body = await request.json();
    const way = first === "asked" ? /\(way: (\w+)\)/.exec(body.messages[1].content)?.[1] ?? "" : first;
    const attempt = this.heard.filter((one) => one.way === way).length;
    this.heard.push({ way, headers: request.headers, body, attempt });
    const found: Way | undefined = ways[way];
    if (!found) return new Response(null, { status: 404 });
    return await found.answer({ body, attempt });
  }
}

/** A port on which nothing listens. */
function closedPort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** Paths that are proxied to the service unchanged; every other path returns the portal's page. */
const asIs = /^\/(?:assets\/|messages\/(?:worker\.js|icon\.svg|app\.webmanifest)$)/;

/** A web server that serves the portal on another origin, as described in docs/portal_elsewhere.md. */
export class Elsewhere implements AsyncDisposable {
  #server: Deno.HttpServer<Deno.NetAddr>;
  /**
   * The service's address. Set after the service has started, since its settings need this server's address.
   */
  service = "";

  constructor() {
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request) => this.#answer(new URL(request.url).pathname),
    );
  }

  get origin(): string {
    return `http://localhost:${this.#server.addr.port}`;
  }

  async #answer(path: string): Promise<Response> {
    const answer = await fetch(this.service + (asIs.test(path) ? path : "/messages"));
    const headers = new Headers(answer.headers);
    // `fetch` has already decoded the body.
    for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
    const text = await answer.text();
    if (asIs.test(path)) return new Response(text, { headers });
    const { host } = new URL(this.service);
    const policy = headers.get("content-security-policy")!
      .replace("connect-src 'self'", `connect-src 'self' ${this.service} ws://${host}`)
      .replace("frame-src 'self'", `frame-src ${this.service}`);
    headers.set("content-security-policy", policy);
    return new Response(text.replace("<html", `<html data-service="${this.service}"`), { headers });
  }

  async [Symbol.asyncDispose]() {
    await this.#server.shutdown();
  }
}

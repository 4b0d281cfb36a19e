import type { Parlor } from "../../harness/parlor.ts";

/** The embed line that a site's owner pastes. `data`: further `data-*` settings. */
export function embedLine(
  parlor: { address: string },
  admin: string,
  data: Record<string, string> = {},
): string {
  const more = Object.entries(data).map(([name, value]) => ` data-${name}="${value}"`).join("");
  return `<script async src="${parlor.address}/widget.js" data-admin="${admin}"${more}></script>`;
}

/** Lets a page call `parlor` before the script has loaded. */
export const stub = `window.parlor=function(){var a=arguments;parlor.q.push(a);` +
  `return function(){a.off?a.off():a[0]=""}};parlor.q=[];`;

/** A host website on its own port. */
export class Site implements AsyncDisposable {
  /** Requested paths. */
  readonly asked: string[] = [];
  #server: Deno.HttpServer<Deno.NetAddr>;

  /** Scripts by path. */
  files: Record<string, string> = {};

  /** `html`: content of every page; if it begins with a doctype, the whole page. */
  constructor(public html: string, public headers: Record<string, string> = {}) {
    this.#server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
      const { pathname } = new URL(request.url);
      this.asked.push(pathname);
      if (pathname === "/favicon.ico") return new Response(null, { status: 204 });
      const script = this.files[pathname];
      if (script !== undefined) {
        return new Response(script, { headers: { "content-type": "text/javascript; charset=utf-8" } });
      }
      const isWhole = this.html.startsWith("<!doctype");
      const html = isWhole
        ? this.html
        : `<!doctype html><html lang="en"><title>Vera's page</title>${this.html}`;
      return new Response(html, {
        headers: { "content-type": "text/html; charset=utf-8", ...this.headers },
      });
    });
  }

  /** A site with the embed line of this admin. */
  static with(parlor: Parlor, admin: string, data?: Record<string, string>): Site {
    return new Site(`<h1>A shop</h1><p>Things to buy.</p>${embedLine(parlor, admin, data)}`);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose]() {
    await this.#server.shutdown();
  }
}

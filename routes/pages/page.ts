/** Escapes text for HTML, as content or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `:root{color-scheme:light dark;--paper:#fbfaf8;--ink:#1d2129;--accent:#0f766e;--muted:#5b616c}
@media (prefers-color-scheme:dark){:root{--paper:#16181d;--ink:#e9e7e3;--accent:#2dd4bf;--muted:#a3a7b0}}
body{max-width:44rem;margin:0 auto;padding:32px 20px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
a{color:var(--accent)}pre{overflow:auto;padding:12px;border-radius:8px;background:color-mix(in srgb,var(--ink) 8%,transparent)}
h1{font-size:24px;line-height:1.2}.muted{color:var(--muted)}`;

/**
 * A small page of the service. `body` is HTML; its style and script are allowed by a nonce of this response, and
 * `load` is a script's `src` and other attributes, as HTML. It may only frame pages of the service.
 */
export function page(title: string, body: string, { status = 200, script = "", load = "" } = {}): Response {
  const nonce = crypto.randomUUID();
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style nonce="${nonce}">${style}</style></head>
<body>${body}${script ? `<script nonce="${nonce}">${script}</script>` : ""}${
    load ? `<script async nonce="${nonce}" ${load}></script>` : ""
  }</body></html>`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; frame-src 'self'; ` +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  });
}

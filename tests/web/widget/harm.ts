import type { BrowserContext } from "playwright-core";

/** Records every effect of an injected text: a dialog, a script, a request, a CSP violation. */
export async function watch(context: BrowserContext, own: string[]): Promise<() => Promise<string[]>> {
  const seen: string[] = [];
  await context.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "open"]) {
      Object.defineProperty(globalThis, name, { value: () => console.error(`PWNED by ${name}`) });
    }
    document.addEventListener(
      "securitypolicyviolation",
      (event) => console.error(`VIOLATION ${event.blockedURI}`),
    );
  });
  context.on("console", (line) => /PWNED|VIOLATION/.test(line.text()) && seen.push(line.text()));
  context.on("dialog", (dialog) => (seen.push(`dialog ${dialog.message()}`), void dialog.dismiss()));
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!own.includes(origin) && protocol !== "data:") seen.push(`request ${request.url()}`);
  });
  return async () => {
    for (const page of context.pages()) {
      for (const frame of page.frames()) {
        const has = await frame.evaluate(() => "pwned" in Object.prototype || "pwned" in globalThis);
        if (has) seen.push(`pwned ${frame.url()}`);
      }
    }
    return seen;
  };
}

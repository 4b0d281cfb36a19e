import assert from "node:assert/strict";
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { browse, browserTest } from "../../browser.ts";
import { type Admin, Parlor } from "../../parlor.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let bundled: Promise<string> | undefined;
/** The settings by themselves, with a router around them. */
function bundle(): Promise<string> {
  return bundled ??= build({
    entryPoints: [here("settings_dev.tsx")],
    bundle: true,
    write: false,
    format: "esm",
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".css": "text" },
    external: ["./strings_ar.ts"],
  }).then(({ outputFiles }) => outputFiles[0]!.text);
}

const look = () => Deno.readTextFile(here("../../../web/look.css"));

/** As strict as the portal's own. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** Asha's settings in a browser where she is signed in. */
export class Settings {
  readonly faults: string[] = [];

  private constructor(readonly parlor: Parlor, readonly asha: Admin, readonly page: Page) {
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error" && !line.text().includes("status of 4")) this.faults.push(line.text());
    });
  }

  static async open(parlor: Parlor, asha: Admin, context: BrowserContext, path = ""): Promise<Settings> {
    await serve(parlor, context);
    const [name, value] = asha.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: parlor.address }]);
    await context.addInitScript((username) => Object.assign(globalThis, { username }), asha.username);
    const settings = new Settings(parlor, asha, await context.newPage());
    await settings.go(path);
    return settings;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.parlor.address}/messages/settings${path && `/${path}`}`);
    await this.page.waitForSelector("#set-heading", { state: "attached" });
  }

  /** The chatbot as the service has it. */
  // deno-lint-ignore no-explicit-any
  async saved(): Promise<any> {
    return (await this.parlor.fetch("/chatbot/api", { headers: { cookie: this.asha.cookie } })).json();
  }
}

async function serve(parlor: Parlor, context: BrowserContext): Promise<void> {
  const [script, style] = await Promise.all([bundle(), look()]);
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Settings</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="/look.css">
<script type="module" src="/settings.js"></script><body></body></html>`;
  const answer = (path: RegExp | string, contentType: string, body: string) =>
    context.route(
      path,
      (route) => route.fulfill({ contentType, body, headers: { "content-security-policy": policy } }),
    );
  await answer(/\/messages(\/settings(\/\w+)?)?$/, "text/html", html);
  await answer(`${parlor.address}/settings.js`, "text/javascript", script);
  await answer(`${parlor.address}/look.css`, "text/css", style);
}

/** A test of Asha's settings at a section. */
export function scene(
  name: string,
  section: string,
  play: (settings: Settings) => Promise<void>,
  options: BrowserContextOptions = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start();
    const asha = await parlor.signUp("asha");
    const context = await browse({ locale: "en-GB", timezoneId: "Asia/Kolkata", ...options });
    try {
      const settings = await Settings.open(parlor, asha, context, section);
      await play(settings);
      assert.deepEqual(settings.faults, [], "no exception, and nothing against the policy");
    } finally {
      await context.close();
    }
  });
}

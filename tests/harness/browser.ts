import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { eventually } from "./eventually.ts";
import { unless } from "./test_unless.ts";

const places = [
  Deno.env.get("CHROMIUM"),
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

const executablePath = places.find((path) => path && exists(path));
export const hasBrowser = executablePath !== undefined;
/** If set, a machine without Chromium fails the browser tests instead of skipping them. */
const isNeeded = Deno.env.get("PARLOR_FULL_TESTS") === "1";
/** CPU throttling factor of pages, to find tests that only pass on a fast machine. */
const slowdown = Number(Deno.env.get("PARLOR_TEST_SLOWDOWN") ?? 1);

/** Starts Chromium with a new, empty profile. `args`: additional flags. */
export function launch(args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...flags, ...args], headless: true });
}

let shared: Promise<Browser> | undefined;

/**
 * A new browser context in the Chromium that all tests of this process share. Closed at the end of the scope.
 */
export async function browse(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  let browser = await (shared ??= launch());
  if (!browser.isConnected()) browser = await (shared = launch());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  if (slowdown > 1) {
    context.on("page", async (page) => {
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    });
  }
  return context;
}

/**
 * Runs Chromium with a profile on disk, because some features are disabled in an incognito context. It can
 * reach only this machine.
 */
export async function withProfile<T>(play: (context: BrowserContext) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-profile-" });
  const alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
  const args = [...flags, alone];
  const context = await chromium.launchPersistentContext(folder, { executablePath, args, headless: true });
  context.setDefaultTimeout(10_000);
  try {
    return await play(context);
  } finally {
    await context.close();
    await removeProfile(folder);
  }
}

/**
 * Runs Chromium with real window focus: a tab is hidden while another one is in front, and has the focus only
 * after it was focused. (Playwright makes every page of its own contexts report that it is in front.) The
 * first tab is not focused.
 */
export async function withWindow<T>(play: (context: BrowserContext) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-window-" });
  const own = [
    "--headless=new",
    "--window-size=1280,900",
    "--remote-debugging-port=0",
    `--user-data-dir=${folder}`,
    "about:blank",
  ];
  const options: Deno.CommandOptions = { args: [...flags, ...own], stdout: "null", stderr: "null" };
  const browser = new Deno.Command(executablePath!, options).spawn();
  try {
    return await play(await contextIn(folder));
  } finally {
    browser.kill("SIGTERM");
    await browser.status;
    await removeProfile(folder);
  }
}

/** Retries: some processes of a closed browser still write for a moment. */
function removeProfile(folder: string): Promise<void> {
  return eventually(() => Deno.remove(folder, { recursive: true }).then(() => true, () => false));
}

/**
 * The default context of the browser that was started with this profile, once its debugging port is
 * reachable.
 */
async function contextIn(folder: string): Promise<BrowserContext> {
  const end = performance.now() + 20_000;
  for (;;) {
    const [port, path] = (await Deno.readTextFile(`${folder}/DevToolsActivePort`).catch(() => "")).split(
      "\n",
    );
    if (path) {
      const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`, { noDefaults: true });
      const [context] = browser.contexts();
      context!.setDefaultTimeout(10_000);
      return context!;
    }
    if (performance.now() > end) throw new Error("Chromium cannot be reached");
    await new Promise((done) => setTimeout(done, 25));
  }
}

globalThis.addEventListener("unload", () => void shared?.then((browser) => browser.close()));

/** A test in Chromium; skipped if it is not installed. */
export function browserTest(name: string, test: () => Promise<void>): void {
  Deno.test({
    ...unless(!hasBrowser && !isNeeded && "no Chromium on this machine", name),
    // The shared browser outlives the test that started it.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: test,
  });
}

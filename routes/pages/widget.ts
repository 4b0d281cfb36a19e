import { Hono } from "hono";
import type { Chatbot } from "../../protocol/chatbot.ts";
import { httpsOrigin, isOrigin } from "../../protocol/is_origin.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { UnknownAdmin } from "../../chat/errors.ts";
import { type Asset, assetResponse, type Assets, openAssets } from "./assets.ts";
import { NotFound } from "../http/errors.ts";
import type { Env, Service } from "../service.ts";

const day = 86_400;
/** A site's visitors get a new loader within minutes, and go on with the old one while the new one is fetched. */
const loaderCache = `public, max-age=300, stale-while-revalidate=${day}, stale-if-error=${7 * day}`;
const foreverCache = `public, max-age=${365 * day}, immutable`;
/** An admin who changes the look sees it within a minute or two; nobody waits for it twice. */
const lookCache = `public, max-age=60, stale-while-revalidate=${day}, stale-if-error=${7 * day}`;
const unbuilt = "There is nothing at this path. Was it built? deno task build";
/** What the loader fetches once it is wanted. */
const lateParts = /^\/assets\/host_frame-/;
/** Any website may load these, also one that isolates itself. */
const forAnySite = { "cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*" };

/** What a website loads: the loader, its types, the frame page and what that is made of. */
export function widgetRoutes(service: Service, assets: Assets = openAssets()) {
  const app = new Hono<Env>({ strict: false });
  const serve = (name: string, request: Request, headers: Record<string, string>) => {
    const asset = assets.get(name);
    if (!asset) throw new NotFound(unbuilt);
    return assetResponse(asset, request, headers);
  };

  let loader: Promise<Asset | undefined> | undefined;

  app.get("/widget.js", async (c) => {
    const asset = await (loader ??= loaderOf(assets, service.origins.fixed));
    if (!asset) throw new NotFound(unbuilt);
    return assetResponse(asset, c.req.raw, { "cache-control": loaderCache, ...forAnySite });
  });
  app.get(
    "/widget.d.ts",
    (c) => serve("/widget.d.ts", c.req.raw, { "cache-control": loaderCache, ...forAnySite }),
  );
  app.get("/assets/:file", (c) => {
    const path = `/assets/${c.req.param("file")}`;
    return serve(path, c.req.raw, {
      "cache-control": foreverCache,
      ...(lateParts.test(path) && forAnySite),
    });
  });

  // For a loader that a browser kept over an upgrade of the service: it knows the part by a name that is gone.
  app.get("/widget/host_frame.js", (c) => {
    const path = [...assets.keys()].find((name) => lateParts.test(name));
    return serve(path ?? "", c.req.raw, { "cache-control": "no-cache", ...forAnySite });
  });

  // A script, so that a page's policy that allows the loader allows it, too.
  app.get("/widget/look", async (c) => {
    const look = lookOf(await knownChatbot(service, c.req.query("admin") ?? ""));
    return new Response(`export default ${JSON.stringify(look)}`, {
      headers: {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": lookCache,
        ...forAnySite,
      },
    });
  });

  app.get("/widget/frame", async (c) => {
    const bot = await knownChatbot(service, c.req.query("admin") ?? "");
    const own = service.origins.own(c.req.raw), site = c.req.query("origin");
    // A portal elsewhere shows the preview of the settings, whatever sites the chatbot is held to.
    const isPortal = site !== undefined && service.origins.isPortal(site);
    const show = (name: string, status: number, policy: string) => {
      const page = serve(name, c.req.raw, {
        "cache-control": "no-cache",
        "content-security-policy": policy,
        "cross-origin-resource-policy": "cross-origin",
        "cross-origin-embedder-policy": embedderPolicy(bot),
      });
      return page.status === 304 ? page : new Response(page.body, { status, headers: page.headers });
    };
    if (!bot) return show("frame.html", 404, framePolicy(own, bot, site));
    if (!isPortal && isRefused(bot, own, site)) return show("refused.html", 403, refusedPolicy);
    return show("frame.html", 200, framePolicy(own, bot, site));
  });

  return app;
}

// Hashing and compressing by Node's modules takes 30 ms to load.
const replacedAsset = () =>
  import(import.meta.resolve("./replaced_asset.ts")) as Promise<typeof import("./replaced_asset.ts")>;

/** The loader; it names the service's origin itself where that is set, and need not ask the page where it came from. */
async function loaderOf(assets: Assets, origin: string | undefined): Promise<Asset | undefined> {
  const built = assets.get("/widget.js");
  if (!built || !origin) return built;
  const { replaceIn } = await replacedAsset();
  return replaceIn(built, "{PUBLIC_URL}", origin);
}

/** What the launcher is drawn with: `colour|side|words`. The chatbot of an unknown admin has no look. */
function lookOf(bot: Chatbot | undefined): string {
  return bot ? `${bot.accent}|${bot.position}|${bot.launcher_text}` : "";
}

type Framed = Pick<Chatbot, "allowed_origins" | "avatar_url">;

/** An unknown admin has a frame as well: it says so to whoever looks. */
async function knownChatbot({ chat }: Service, admin: string): Promise<Chatbot | undefined> {
  try {
    return await chatbotOf(chat, admin);
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

/**
 * Whether the site that says it shows the frame is not to. Its word is believed against itself alone, so that it hears
 * why; under a false name the browser still holds it to the list.
 */
function isRefused({ allowed_origins }: Framed, own: string, site: string | undefined): boolean {
  if (!site || site === own || allowed_origins.length === 0) return false;
  return !allowed_origins.includes(site);
}

const refusedPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors *",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/**
 * A page that isolates itself shows frames that do so as well. Without credentials the avatar loads from wherever it is;
 * where there is none, what every browser knows is asked for (Safari does not know `credentialless`).
 */
const embedderPolicy = (bot: Framed | undefined) => bot?.avatar_url ? "credentialless" : "require-corp";

/**
 * What the frame page may do, and who may show it: the browser itself holds the site that asks, and was found on the
 * list, to its word. The rest of the list is nobody's business.
 */
function framePolicy(own: string, bot: Framed | undefined, site: string | undefined): string {
  const { host, protocol } = new URL(own);
  const sockets = protocol === "https:" ? `wss://${host}` : `ws://${host} wss://${host}`;
  const asking = site !== undefined && site !== own && isOrigin(site) ? ` ${site}` : "";
  const sites = bot?.allowed_origins.length ? `'self'${asking}` : "*";
  const avatar = httpsOrigin(bot?.avatar_url ?? "") ?? "";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${avatar}`.trim(),
    `connect-src 'self' ${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${sites}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

import { Hono } from "hono";
import type { Chatbot } from "../../protocol/chatbot.ts";
import { httpsOrigin, isOrigin } from "../../protocol/is_origin.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { membersOf } from "../../chat/team/members.ts";
import { UnknownAdmin } from "../../chat/errors.ts";
import { type Asset, assetResponse, type Assets, openAssets } from "./assets.ts";
import { NotFound } from "../http/errors.ts";
import type { Env, Service } from "../service.ts";

const day = 86_400;
/** Sites get a new loader within minutes, and keep using the cached one while the new one is fetched. */
const loaderCache = `public, max-age=300, stale-while-revalidate=${day}, stale-if-error=${7 * day}`;
const foreverCache = `public, max-age=${365 * day}, immutable`;
/** A changed look appears within a minute or two; nobody waits for it twice. */
const lookCache = `public, max-age=60, stale-while-revalidate=${day}, stale-if-error=${7 * day}`;
const unbuilt = "There is nothing at this path. Was it built? deno task build";
/** What the loader fetches when it is opened. */
const lateParts = /^\/assets\/host_frame-/;
/** Any website may load these, also one that is cross-origin isolated. */
const forAnySite = { "cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*" };

/** What a website loads: the loader, its types, the frame page and its parts. */
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

  // For a loader that a browser cached before an upgrade of the service: the part's former name is gone.
  app.get("/widget/host_frame.js", (c) => {
    const path = [...assets.keys()].find((name) => lateParts.test(name));
    return serve(path ?? "", c.req.raw, { "cache-control": "no-cache", ...forAnySite });
  });

  // A script, so that a page's policy that allows the loader allows it as well.
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
    // A portal on another origin previews the settings, whatever sites the chatbot is limited to.
    const isPortal = site !== undefined && service.origins.isPortal(site);
    const pictures = bot ? await pictureOrigins(service, bot) : [];
    const show = (name: string, status: number, policy: string) => {
      const page = serve(name, c.req.raw, {
        "cache-control": "no-cache",
        "content-security-policy": policy,
        "cross-origin-resource-policy": "cross-origin",
        "cross-origin-embedder-policy": embedderPolicy(pictures),
      });
      return page.status === 304 ? page : new Response(page.body, { status, headers: page.headers });
    };
    if (!bot) return show("frame.html", 404, framePolicy({ own, bot, site, pictures }));
    if (!isPortal && isRefused(bot, own, site)) return show("refused.html", 403, refusedPolicy);
    return show("frame.html", 200, framePolicy({ own, bot, site, pictures }));
  });

  return app;
}

// Hashing and compressing with Node's modules takes 30 ms to load.
const replacedAsset = () =>
  import(import.meta.resolve("./replaced_asset.ts")) as Promise<typeof import("./replaced_asset.ts")>;

/** The loader. It contains the service's origin where that is configured, and need not derive it from the page. */
async function loaderOf(assets: Assets, origin: string | undefined): Promise<Asset | undefined> {
  const built = assets.get("/widget.js");
  if (!built || !origin) return built;
  const { replaceIn } = await replacedAsset();
  return replaceIn(built, "{PUBLIC_URL}", origin);
}

/** Data of the launcher: `colour|side|words`. The chatbot of an unknown admin has no look. */
function lookOf(bot: Chatbot | undefined): string {
  return bot ? `${bot.accent}|${bot.position}|${bot.launcher_text}` : "";
}

type Framed = Pick<Chatbot, "allowed_origins" | "avatar_url" | "username">;

/** Origins of pictures in a policy: a header has a length that proxies accept. */
const maxPictureOrigins = 20;

/** Where the pictures of the chatbot and of the members who answer come from. */
async function pictureOrigins({ chat }: Service, { username, avatar_url }: Framed): Promise<string[]> {
  const members = await membersOf(chat, username);
  const origins = [avatar_url, ...members.map((member) => member.avatar_url ?? "")]
    .map((address) => httpsOrigin(address)).filter((origin) => origin !== undefined);
  return [...new Set(origins)].slice(0, maxPictureOrigins);
}

/** An unknown admin has a frame as well: it shows the problem to whoever looks. */
async function knownChatbot({ chat }: Service, admin: string): Promise<Chatbot | undefined> {
  try {
    return await chatbotOf(chat, admin);
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

/**
 * Whether the site that claims to show the frame must not. The claim counts against the site itself only, so that it is
 * told the reason; under a false claim the browser still enforces the list.
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
 * A cross-origin isolated page shows only frames that are isolated too. Without credentials pictures load from any
 * host; without any the widely supported value is used (Safari does not know `credentialless`).
 */
const embedderPolicy = (pictures: string[]) => pictures.length > 0 ? "credentialless" : "require-corp";

/**
 * The frame page's policy, and who may embed it: the browser enforces it for the requesting site, which was found on
 * the list. The rest of the list stays private.
 */
function framePolicy({ own, bot, site, pictures }: {
  own: string;
  bot: Framed | undefined;
  site: string | undefined;
  pictures: string[];
}): string {
  const { host, protocol } = new URL(own);
  const sockets = protocol === "https:" ? `wss://${host}` : `ws://${host} wss://${host}`;
  const asking = site !== undefined && site !== own && isOrigin(site) ? ` ${site}` : "";
  const sites = bot?.allowed_origins.length ? `'self'${asking}` : "*";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self'", ...pictures].join(" "),
    `connect-src 'self' ${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${sites}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

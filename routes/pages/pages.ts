import { Hono } from "hono";
import { type Assets, openAssets } from "./assets.ts";
import { portalPageRoutes } from "./portal_page.ts";
import { testPageRoutes } from "./test_page.ts";
import { page } from "./page.ts";
import type { Env, Service } from "../service.ts";

/** The pages a browser opens. */
export function pageRoutes(service: Service, assets: Assets = openAssets()) {
  const app = new Hono<Env>({ strict: false });
  app.get("/", (c) => c.redirect("/messages", 302));
  if (assets.has("portal.html")) app.route("/", portalPageRoutes(service, assets));
  else app.get("/messages", () => page("Parlor", unbuiltHtml));
  app.route("/chatbot", testPageRoutes(service));
  return app;
}

const unbuiltHtml = `<h1>Parlor is running</h1>
<p>What browsers load has not been built yet. Run <code>deno task build</code> and start the service again.</p>`;

import { Hono } from "hono";
import { testPageRoutes } from "./test_page.ts";
import { page } from "./page.ts";
import type { Env, Service } from "./service.ts";

/** The pages a browser opens. */
export function pageRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.get("/", (c) => c.redirect("/messages", 302));
  app.get("/messages", () => page("Parlor", welcomeHtml));
  app.route("/chatbot", testPageRoutes(service));
  return app;
}

const welcomeHtml = `<h1>Parlor is running</h1>
<p>Live chat for your website. Sign up with one command:</p>
<pre>curl -c cookies -H 'content-type: application/json' \\
  -d '{"username":"asha","password":"correct horse battery"}' \\
  &lt;this address&gt;/accounts/api/signup</pre>
<p>Then try your chatbot at <code>/chatbot/asha/1234</code>, and answer over the sockets.
The README in the source shows how; <code>docs/protocol.md</code> there is the whole contract.</p>`;

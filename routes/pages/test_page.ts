import { Hono } from "hono";
import { Consumer } from "../../protocol/names.ts";
import { isUnguessable } from "../../protocol/unguessable.ts";
import { publicChatbot } from "../../chat/chatbots/chatbots.ts";
import { countNewId, refuseUsername } from "../../chat/visitors/consumer_ids.ts";
import { Forbidden, IdentityRequired, NotSignedIn, UnknownAdmin } from "../../chat/errors.ts";
import { countGuess } from "../../chat/limits/charges.ts";
import { openVisitorSession } from "../../chat/accounts/sessions.ts";
import { addressOf } from "../http/address.ts";
import { cookiesOf } from "../api/credentials.ts";
import { escapeHtml, page } from "./page.ts";
import type { Env, Service } from "../service.ts";

const testerCookie = "parlor_tester";
const testerSeconds = 180 * 86_400;

/** `/chatbot/ADMIN/CONSUMER`: a page for trying the chatbot as that consumer. */
export function testPageRoutes(service: Service) {
  const { chat } = service;
  const app = new Hono<Env>({ strict: false });

  app.get("/:admin/:consumer", async (c) => {
    const admin = c.req.param("admin").toLowerCase(), consumer = c.req.param("consumer");
    if (!Consumer.safeParse(consumer).success) {
      return page("Not found", "<h1>This is no consumer id</h1>", { status: 404 });
    }
    try {
      const chatbot = await publicChatbot(chat, admin);
      const tester = await testerOf(service, c.req.raw) ?? crypto.randomUUID();
      refuseUsername({ admin, consumer });
      const address = addressOf(c.req.raw, c.env?.remoteAddress, service.trustProxy);
      if (!isUnguessable(consumer)) countGuess(chat, address);
      else if (!await chat.store.room({ admin, consumer })) countNewId(chat, address);
      await vouchFor(service, { admin, consumer }, tester);
      const token = await tokenOf(service, admin, consumer);
      const own = service.origins.own(c.req.raw);
      const response = page(chatbot.title, testPageHtml(own, admin, consumer), {
        script: openAtOnce,
        load: attributes({
          src: "/widget.js",
          "data-admin": admin,
          "data-consumer": consumer,
          ...(token && { "data-token": token }),
        }),
      });
      const signed = await chat.tokens.signTester(tester, chat.now() + testerSeconds * 1_000);
      const secure = service.origins.isHttps(c.req.raw) ? "; Secure" : "";
      const cookie =
        `${testerCookie}=${signed}; HttpOnly; SameSite=Lax; Path=/chatbot/; Max-Age=${testerSeconds}${secure}`;
      response.headers.append("set-cookie", cookie);
      return response;
    } catch (error) {
      if (error instanceof UnknownAdmin) {
        return page("Not found", "<h1>Nobody here has this name</h1>", { status: 404 });
      }
      if (error instanceof NotSignedIn || error instanceof Forbidden) {
        return page("Taken", `<h1>${escapeHtml(error.message)}</h1>`, { status: 403 });
      }
      throw error;
    }
  });
  return app;
}

/** The tester of this browser's cookie; an invalid one is skipped. */
async function testerOf({ chat }: Service, request: Request): Promise<string | undefined> {
  const testers = cookiesOf(request, testerCookie).map((cookie) => chat.tokens.testerOf(cookie));
  return (await Promise.all(testers)).find((tester) => tester !== undefined);
}

/**
 * An unguessable id is its own proof. A guessable one belongs to the first browser that opened it.
 * @throws {NotSignedIn} if it is another's
 */
async function vouchFor({ chat }: Service, key: { admin: string; consumer: string }, tester: string) {
  if (isUnguessable(key.consumer)) return;
  if (await chat.store.claimConsumer(key, tester, chat.now())) return;
  throw new NotSignedIn("Another browser is using this consumer id. Open the page with another one");
}

/** The visitor's token; none where the chatbot requires an identity: the widget then shows what a visitor sees. */
async function tokenOf({ chat }: Service, admin: string, consumer: string): Promise<string | undefined> {
  try {
    return (await openVisitorSession(chat, admin, { vouchedConsumer: consumer })).token;
  } catch (error) {
    if (error instanceof IdentityRequired) return undefined;
    throw error;
  }
}

/** Queues calls until the script has loaded, as any site may. */
const openAtOnce = `window.parlor = function () { parlor.q.push(arguments); };
parlor.q = [];
parlor("open");`;

function attributes(all: Record<string, string>): string {
  return Object.entries(all).map(([name, value]) => `${name}="${escapeHtml(value)}"`).join(" ");
}

function testPageHtml(own: string, admin: string, consumer: string): string {
  const line = `<script async src="${own}/widget.js" data-admin="${admin}"></script>`;
  return `<h1>The chat of ${escapeHtml(admin)}, as a visitor sees it</h1>
<p>You are <code>${escapeHtml(consumer)}</code>. Write something in the corner: it arrives in the
<a href="/messages">portal</a> at once.</p>
<h2>Put it on your website</h2>
<p>Paste this line before <code>&lt;/body&gt;</code> on every page:</p>
<pre>${escapeHtml(line)}</pre>
<p class="muted">Each of your visitors then has a conversation of their own.</p>`;
}

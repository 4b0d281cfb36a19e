import { Hono } from "hono";
import { z } from "zod";
import { OpenSession, RollIdentitySecret } from "../../protocol/requests.ts";
import { chargeRead, chargeSession } from "../../chat/limits/charges.ts";
import { audit } from "../../chat/audit/audit.ts";
import { isAvailable } from "../../chat/chatbots/availability.ts";
import { chatbotOf, publicChatbot, saveChatbot } from "../../chat/chatbots/chatbots.ts";
import { Forbidden } from "../../chat/errors.ts";
import { demand } from "../../chat/permissions.ts";
import { suggestedQuestions } from "../../chat/knowledge/suggested.ts";
import { rollIdentitySecret } from "../../chat/visitors/identity.ts";
import { openVisitorSession } from "../../chat/accounts/sessions.ts";
import { checkAttributes } from "../../chat/visitors/attributes.ts";
import { addressOf } from "../http/address.ts";
import { requirePasswordOf } from "./attempt.ts";
import { requireMember } from "./authenticate.ts";
import { bodyOf } from "../http/body.ts";
import type { Env, Service } from "../service.ts";

/** How long a browser may keep the suggested questions. Seconds. */
const suggestedS = 60;

/** A chatbot's settings and its visitors' sessions: `/chatbot/api…`. */
export function chatbotRoutes(service: Service) {
  const { chat, origins } = service;
  const app = new Hono<Env>({ strict: false });

  app.get("/", async (c) => {
    const named = c.req.query("username");
    if (named !== undefined) return c.json(await publicChatbot(chat, named.toLowerCase()));
    const { who } = await requireMember(service, c.req.raw);
    return c.json(await chatbotOf(chat, demand(who, "read")));
  });

  app.post("/", async (c) => {
    const { who } = await requireMember(service, c.req.raw);
    const workspace = demand(who, "content");
    const patch = await bodyOf(c.req.raw, z.record(z.string(), z.unknown()));
    const { chatbot, created } = await saveChatbot(chat, workspace, patch);
    await audit(chat, who, { act: "settings_changed", detail: { fields: Object.keys(patch) } });
    return c.json(chatbot, created ? 201 : 200);
  });

  app.post("/identity-secret", async (c) => {
    const { admin, who } = await requireMember(service, c.req.raw);
    const workspace = demand(who, "secrets");
    const { password } = await bodyOf(c.req.raw, RollIdentitySecret);
    await requirePasswordOf(service, { raw: c.req.raw, peer: c.env }, admin, { password });
    const rolled = await rollIdentitySecret(chat, workspace);
    await audit(chat, who, { act: "identity_secret_changed" });
    return c.json(rolled, 201);
  });

  app.get("/:name/suggested", async (c) => {
    chargeRead(chat, addressOf(c.req.raw, c.env?.remoteAddress, service.trustProxy));
    const questions = await suggestedQuestions(
      chat,
      c.req.param("name").toLowerCase(),
      c.req.query("locale"),
    );
    return c.json({ questions }, 200, { "cache-control": `public, max-age=${suggestedS}` });
  });

  app.post("/:name/session", async (c) => {
    const admin = c.req.param("name").toLowerCase();
    const { allowed_origins } = await chatbotOf(chat, admin);
    if (!origins.admitsVisitor(c.req.raw, allowed_origins)) {
      throw new Forbidden("This chatbot does not answer on this origin");
    }
    const userAgent = c.req.header("user-agent");
    const address = addressOf(c.req.raw, c.env?.remoteAddress, service.trustProxy);
    chargeSession(chat, address);
    const asked = await bodyOf(c.req.raw, OpenSession, { check: checkAttributes });
    const session = await openVisitorSession(chat, admin, { ...asked, userAgent, address });
    const chatbot = await publicChatbot(chat, admin);
    const online = isAvailable(chatbot, chat.audience.isAdminOnline(admin), new Date(chat.now()));
    return c.json({ ...session, chatbot, online });
  });

  return app;
}

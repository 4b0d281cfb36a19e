import { DeleteAccount, PushEndpoint, PushSubscription } from "../../protocol/portal.ts";
import { forgetAccount } from "../../chat/accounts/forget_account.ts";
import { endAllSessions, endSessionElsewhere, liveSessions } from "../../chat/accounts/sessions.ts";
import { requirePasswordOf } from "./attempt.ts";
import { requireAdmin, withSessionCookie } from "./authenticate.ts";
import { bodyOf } from "../http/body.ts";
import { NotFound } from "../http/errors.ts";
import { nothing, type PortalGroup } from "./portal_group.ts";
import type { Service } from "../service.ts";

/** The account itself: its sessions, push subscriptions and deletion. */
export const accountApi: PortalGroup = (service, { answerAccount }) => {
  const { chat } = service;

  answerAccount(
    "get",
    "/sessions",
    async (_, { username, jti }) => ({ ...await liveSessions(chat, username, jti) }),
  );
  answerAccount("delete", "/sessions", async (_, { username, jti }) => {
    await endAllSessions(chat, username, jti);
    return nothing();
  });
  answerAccount("delete", "/sessions/:id", async (c, { username }) => {
    const isEnded = await endSessionElsewhere(chat, username, c.req.param("id")!);
    if (!isEnded) throw new NotFound("There is no such session");
    return nothing();
  });

  answerAccount("delete", "/account", async (c, admin) => {
    const { username, password } = await bodyOf(c.req.raw, DeleteAccount);
    await requirePasswordOf(service, { raw: c.req.raw, peer: c.env }, admin, { password });
    await forgetAccount(chat, admin.username, username);
    return withSessionCookie(service, c.req.raw, nothing());
  });

  answerAccount("get", "/push", async () => ({ key: await push(service).publicKey() }));
  answerAccount("post", "/push", async (c, { username }) => {
    const subscription = await bodyOf(c.req.raw, PushSubscription);
    await push(service).subscribe(username, subscription, chat.now());
    // Checked once more: if the session ended meanwhile, the subscription may have come after all others were removed.
    await requireAdmin(service, c.req.raw).catch(async (error) => {
      await chat.store.dropPush(username, subscription.endpoint);
      throw error;
    });
    return nothing();
  });
  answerAccount("delete", "/push", async (c, { username }) => {
    await chat.store.dropPush(username, (await bodyOf(c.req.raw, PushEndpoint)).endpoint);
    return nothing();
  });
};

/** @throws {NotFound} where the service has no push notifications */
function push({ chat }: Service) {
  if (!chat.push) throw new NotFound("This service sends no push messages");
  return chat.push;
}

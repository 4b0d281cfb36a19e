import type { Chatbot } from "../../../../protocol/chatbot.ts";
import type { BlockedVisitor, SessionSeen } from "../../../../protocol/portal.ts";
import { call } from "../../service/calls.ts";
import { service } from "../../service/service.ts";
import { renewPush } from "../../notifications/subscribe.ts";

export const fetchChatbot = (): Promise<Chatbot> => call("GET", "/chatbot/api");

export const saveChatbot = (patch: Record<string, unknown>): Promise<Chatbot> =>
  call("POST", "/chatbot/api", patch);

/** Creates another secret, which is returned only here. */
export const rollIdentitySecret = (password?: string): Promise<{ secret: string }> =>
  call("POST", "/chatbot/api/identity-secret", { password });

/** Who downloads, and from where: a download has no headers to say so. */
interface Actor {
  username: string;
  workspace: string;
}

/** The address of the export. */
export const exportPath = ({ username, workspace }: Actor, query: Record<string, string> = {}): string => {
  const elsewhere = workspace !== username && { workspace };
  const asked = new URLSearchParams({ account: username, ...elsewhere, ...query });
  return `${service}/messages/api/export?${asked}`;
};

/** A download address of the export, for this session, once and within a minute. */
export const exportAddress = async (actor: Actor, password?: string): Promise<string> => {
  const { ticket } = await call<{ ticket: string }>("POST", "/messages/api/export", { password });
  return exportPath(actor, { ticket });
};

export const fetchBlocked = async (): Promise<BlockedVisitor[]> =>
  (await call<{ blocked: BlockedVisitor[] }>("GET", "/messages/api/blocked")).blocked;

export const unblock = (consumer: string): Promise<unknown> =>
  call<unknown>("DELETE", `/messages/api/blocked/${encodeURIComponent(consumer)}`);

export const fetchSessions = async (): Promise<SessionSeen[]> =>
  (await call<{ sessions: SessionSeen[] }>("GET", "/messages/api/sessions")).sessions;

export const endSession = (id: string): Promise<void> =>
  wokenOn(call("DELETE", `/messages/api/sessions/${encodeURIComponent(id)}`));

/** Ends all sessions but this one. */
export const endOtherSessions = (): Promise<void> => wokenOn(call("DELETE", "/messages/api/sessions"));

/** Ends this session, or with `everywhere` all of them. */
export const signOut = (everywhere: boolean): Promise<void> =>
  call("POST", "/accounts/api/logout", { everywhere });

export const changePassword = (password: string, new_password: string): Promise<void> =>
  wokenOn(call("POST", "/accounts/api/password", { password, new_password }));

/** After a call that drops all push subscriptions; a failed one may have dropped them too. */
const wokenOn = <T>(called: Promise<T>): Promise<T> => called.finally(() => void renewPush());

/** `typed` is the account's name. */
export const deleteAccount = (typed: string, password?: string): Promise<void> =>
  call("DELETE", "/messages/api/account", { username: typed, password });

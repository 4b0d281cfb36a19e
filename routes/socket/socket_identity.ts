import { closeCodes } from "../../protocol/limits.ts";
import { Consumer, Username } from "../../protocol/names.ts";
import { isUnguessable } from "../../protocol/unguessable.ts";
import type { Chatbot } from "../../protocol/chatbot.ts";
import type { Account } from "../../db/store.ts";
import { isOwner } from "../../chat/accounts/existing_account.ts";
import { actIn } from "../../chat/team/acting.ts";
import { vouchingOf } from "../../chat/visitors/identity.ts";
import { checkVisitorPolicy, type VisitorPolicy } from "../../chat/visitors/visitor_policy.ts";
import type { AdminWho, Who } from "../../chat/who.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { NotAllowed, NotSignedIn, UnknownAdmin } from "../../chat/errors.ts";
import { type Refusal, refusal, refusalOf, sessionEnded, unknownAdmin } from "../../sockets/refusals.ts";
import { type SignedIn, signedInBy, signedInByCookie } from "../api/authenticate.ts";
import { offerOf, sessionCookiesOf } from "../api/credentials.ts";
import type { Service } from "../service.ts";

/** Who opens a socket. */
export interface SocketIdentity {
  who: Who;
  jti?: string;
  /** Expiry of what they showed. Milliseconds since 1970. */
  expires?: number;
  /** Checks a visitor against the present policy. */
  judge?(policy: VisitorPolicy): Promise<Refusal | undefined>;
}

const wrongOrigin = refusal(closeCodes.notAllowed, "This origin is not allowed");
const notSignedIn = (reason: string) => refusal(closeCodes.notSignedIn, reason);

interface VisitorIdentity extends SocketIdentity {
  who: Exclude<Who, { kind: "admin" }>;
}

/** The endpoint: an admin's room socket, or with `consumer` the chat socket of a room. */
export interface SocketPath {
  admin: string;
  consumer?: string;
}

/**
 * Authenticates a socket before the upgrade. A token that is shown must be valid, even where none is needed,
 * so that nobody continues under another identity unnoticed.
 */
export async function identify(
  service: Service,
  request: Request,
  path: SocketPath,
  address: string,
): Promise<SocketIdentity | Refusal> {
  const admin = Username.safeParse(path.admin).data;
  const consumer = path.consumer;
  const [account, chatbot] = await Promise.all([accountAt(service, admin), chatbotAt(service, admin)]);
  if (!admin || !account || !chatbot) return unknownAdmin;
  const admits = service.origins.visitorJudge(request);
  if (!admits(chatbot.allowed_origins)) return wrongOrigin;
  if (consumer !== undefined && !Consumer.safeParse(consumer).success) {
    return refusal(closeCodes.notAllowed, "This is no consumer id");
  }
  const { bearer } = offerOf(request);
  const visitor = bearer === undefined ? undefined : await visitorBy(service, bearer);
  if (visitor) {
    const isHis = visitor.admin === admin && (consumer === undefined || consumer === visitor.consumer);
    if (!isHis) return refusal(closeCodes.notAllowed, "This token is another room's");
    if (!isOwner(account, visitor)) return sessionEnded;
    const { proved, expires } = visitor;
    const vouched = await vouchingOf(service.chat, account, visitor);
    return await judged(service, admits, {
      who: {
        kind: "visitor",
        admin,
        account: account.id,
        consumer: visitor.consumer,
        address,
        proved,
        vouched,
      },
      expires,
    });
  }
  const signedIn = bearer === undefined
    ? await byCookie(service, request, admin)
    : await signedInBy(service.chat, bearer) ?? sessionEnded;
  if (signedIn && "code" in signedIn) return signedIn;
  const member = signedIn && await asMember(service, signedIn, admin);
  if (member) return asAdmin(service, request, { ...signedIn, who: member });
  if (bearer !== undefined) return refusal(closeCodes.notAllowed, "This session is another admin's");
  const stranger = asStranger(account, consumer, address);
  if ("code" in stranger) return stranger;
  return await judged(service, admits, stranger);
}

/** Without a token: a stranger on a room socket, or the visitor of an unguessable id. */
function asStranger(
  { username: admin, id: account }: Account,
  consumer: string | undefined,
  address: string,
): VisitorIdentity | Refusal {
  if (consumer === undefined) return { who: { kind: "stranger", admin, account, address } };
  if (!isUnguessable(consumer)) {
    return notSignedIn("A consumer id that can be guessed needs its visitor token");
  }
  return { who: { kind: "visitor", admin, account, consumer, address } };
}

/** Checks a visitor's socket, now and whenever called again. */
async function judged(
  { chat }: Service,
  admits: (allowed: readonly string[]) => boolean,
  identity: VisitorIdentity,
): Promise<SocketIdentity | Refusal> {
  const { who } = identity;
  const judge = async (policy: VisitorPolicy) => {
    if (policy.chatbot && !admits(policy.chatbot.allowed_origins)) return wrongOrigin;
    return refusalOf(await checkVisitorPolicy(chat, who, policy));
  };
  return refusalOf(await checkVisitorPolicy(chat, who)) ?? { ...identity, judge };
}

/** A cookie counts only where an admin's session is accepted; elsewhere it is ignored. */
async function byCookie(
  service: Service,
  request: Request,
  admin: string,
): Promise<SignedIn | Refusal | undefined> {
  const { origins } = service;
  if (!origins.admitsAdmin(request)) return undefined;
  if (sessionCookiesOf(request, origins.isHttps(request)).length === 0) return undefined;
  try {
    return await signedInByCookie(service, request, admin) ?? sessionEnded;
  } catch (error) {
    if (error instanceof NotSignedIn) return notSignedIn(error.message);
    throw error;
  }
}

/** The account as a member of the workspace, if it is one. */
async function asMember(
  { chat }: Service,
  signedIn: SignedIn,
  workspace: string,
): Promise<AdminWho | undefined> {
  try {
    return await actIn(chat, signedIn, workspace);
  } catch (error) {
    if (error instanceof NotAllowed) return undefined;
    throw error;
  }
}

function asAdmin(
  { origins }: Service,
  request: Request,
  { who, jti, expires }: SignedIn & { who: AdminWho },
): SocketIdentity | Refusal {
  if (!origins.admitsAdmin(request)) {
    return refusal(closeCodes.notAllowed, "This origin may not act for an admin");
  }
  return { who, jti, expires };
}

async function visitorBy({ chat }: Service, token: string) {
  const claims = await chat.tokens.verify(token);
  return claims?.kind === "visitor" ? claims : undefined;
}

async function accountAt({ chat }: Service, admin: string | undefined): Promise<Account | undefined> {
  if (admin === undefined) return undefined;
  return await chat.store.account(admin);
}

async function chatbotAt({ chat }: Service, admin: string | undefined): Promise<Chatbot | undefined> {
  if (admin === undefined) return undefined;
  try {
    return await chatbotOf(chat, admin);
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

import { closeCodes } from "../../protocol/limits.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../../chat/chat.ts";
import { visitorPolicy } from "../../chat/visitors/visitor_policy.ts";
import { memberById } from "../../chat/team/members.ts";
import type { Connection } from "../../sockets/connection.ts";
import { blocked, forgotten, noMember, type Refusal, sessionEnded } from "../../sockets/refusals.ts";
import type { SocketIdentity, SocketPath } from "./socket_identity.ts";

/** A socket being opened: by whom, where, and its room as read. */
export interface Opening {
  identity: SocketIdentity;
  path: SocketPath;
  room: RoomRecord | undefined;
}

/**
 * Checks once more what admitted a socket. A sign-out, block or deletion between the first check and the moment
 * the socket is listed reaches only the sockets that are listed already.
 */
export async function revalidate(chat: Chat, connection: Connection, opening: Opening): Promise<void> {
  try {
    const refusal = await refusalSince(chat, opening);
    if (refusal) connection.close(refusal.code, refusal.reason);
  } catch {
    connection.close(closeCodes.internal, "It could not be looked up who this is");
  }
}

async function refusalSince(chat: Chat, opening: Opening): Promise<Refusal | undefined> {
  const { store } = chat;
  const { identity: { who, jti, judge }, path: { consumer }, room: before } = opening;
  if (jti !== undefined) {
    const session = await store.session(jti);
    if (!session || session.ended !== undefined) return sessionEnded;
  }
  // The members are followed from the listing on; a change before it is found here.
  if (who.kind === "admin" && !await memberById(chat, who.admin, who.agent.id)) return noMember;
  const room = consumer === undefined ? undefined : await store.room({ admin: who.admin, consumer });
  if (who.kind === "visitor" && consumer !== undefined && room?.blocked !== undefined) return blocked;
  const refusal = await judge?.(await visitorPolicy(chat, who.admin));
  if (refusal) return refusal;
  return before && before.id !== room?.id ? forgotten : undefined;
}

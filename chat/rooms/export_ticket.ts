import type { Chat } from "../chat.ts";

const lifeMs = 60_000;

type Session = { username: string; jti: string };

/**
 * What lets a session export once within a minute: a browser downloads by an address, in which no password may stand,
 * and whoever reads the address (a history, a proxy's log) has not the session. `expires` in ISO 8601.
 */
export async function exportTicket(chat: Chat, { username, jti }: Session) {
  const expires = chat.now() + lifeMs;
  const ticket = await chat.tokens.signExport(username, jti, expires);
  return { ticket, expires: new Date(expires).toISOString() };
}

/** Whether the ticket is this session's and was not used yet; it is from now on. */
export async function useExportTicket(chat: Chat, { username, jti }: Session, ticket: string) {
  const claims = await chat.tokens.exportOf(ticket);
  if (claims?.username !== username || claims.session !== jti) return false;
  return await chat.store.spend(claims.jti, claims.expires, chat.now());
}

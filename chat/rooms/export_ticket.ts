import type { Chat } from "../chat.ts";

const lifeMs = 60_000;

type Session = { username: string; jti: string };

/**
 * A ticket for one export by a session within a minute: a browser downloads by URL, which must not contain a password,
 * and whoever reads the URL (history, proxy log) does not have the session. `expires`: ISO 8601.
 */
export async function exportTicket(chat: Chat, { username, jti }: Session) {
  const expires = chat.now() + lifeMs;
  const ticket = await chat.tokens.signExport(username, jti, expires);
  return { ticket, expires: new Date(expires).toISOString() };
}

/** Whether the ticket belongs to this session and was unused; marks it as used. */
export async function useExportTicket(chat: Chat, { username, jti }: Session, ticket: string) {
  const claims = await chat.tokens.exportOf(ticket);
  if (claims?.username !== username || claims.session !== jti) return false;
  return await chat.store.spend(claims.jti, claims.expires, chat.now());
}

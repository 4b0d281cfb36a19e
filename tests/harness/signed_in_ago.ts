import type { Admin, Parlor } from "./parlor.ts";

/** Creates a session that was signed in `ms` milliseconds ago. */
export async function signedInAgo(parlor: Parlor, username: string, ms: number): Promise<Admin> {
  const { chat } = parlor.running.service;
  const account = await chat.store.account(username);
  const jti = crypto.randomUUID(), created = chat.now() - ms, expires = created + 14 * 86_400_000;
  await chat.store.openSession({ jti, username, created, expires });
  const token = await chat.tokens.signAdmin(account!, jti, expires);
  return { username, token, cookie: `parlor_session=${token}` };
}

import { isDeviceOf } from "../../chat/accounts/accounts.ts";
import type { Attempt } from "../../chat/accounts/login_attempts.ts";
import { requirePassword } from "../../chat/accounts/recent_password.ts";
import { addressOf } from "../http/address.ts";
import type { SignedIn } from "./authenticate.ts";
import { cookiesOf, deviceCookie } from "./credentials.ts";
import type { Peer, Service } from "../service.ts";

/** The parameters of a password attempt by a request. */
export async function attemptOf(
  service: Service,
  request: Request,
  peer: Peer | undefined,
  username: string,
): Promise<Attempt> {
  const devices = cookiesOf(request, deviceCookie).map((device) =>
    isDeviceOf(service.chat, username, device)
  );
  const isKnownDevice = (await Promise.all(devices)).includes(true);
  return { username, address: addressOf(request, peer?.remoteAddress, service.trustProxy), isKnownDevice };
}

/** Confirms an admin's irreversible action by a request. @throws {PasswordNeeded} @throws {BadCredentials} @throws {TooManyAttempts} */
export async function requirePasswordOf(
  service: Service,
  { raw, peer }: { raw: Request; peer: Peer | undefined },
  admin: SignedIn,
  given: { password?: string; how?: string },
): Promise<void> {
  const attempt = await attemptOf(service, raw, peer, admin.username);
  await requirePassword(service.chat, admin, { ...given, attempt });
}

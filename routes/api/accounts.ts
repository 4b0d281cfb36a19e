import { type Context, Hono } from "hono";
import { ChangePassword, Login, Logout, Signup } from "../../protocol/requests.ts";
import { AcceptInvitation } from "../../protocol/team.ts";
import { changePassword, profile, signIn, signUp } from "../../chat/accounts/accounts.ts";
import { RateLimited, SignupClosed, UnknownInvitation } from "../../chat/errors.ts";
import { existingAccount } from "../../chat/accounts/existing_account.ts";
import { attemptLogin } from "../../chat/accounts/login_attempts.ts";
import { countGuess } from "../../chat/limits/charges.ts";
import { invitedTo } from "../../chat/team/invitations.ts";
import { joinBy, signUpBy } from "../../chat/team/joining.ts";
import { endAllSessions, endSession, startSession } from "../../chat/accounts/sessions.ts";
import { addressOf } from "../http/address.ts";
import { attemptOf } from "./attempt.ts";
import { refuseForeignOrigin, requireAdmin, withSessionCookie } from "./authenticate.ts";
import { bodyOf } from "../http/body.ts";
import { setDeviceCookie } from "./credentials.ts";
import type { Env, Peer, Service } from "../service.ts";

const deviceSeconds = 365 * 86_400;

/** Sign-up, sign-in, sign-out: `/accounts/api/…`. */
export function accountRoutes(service: Service) {
  const { chat } = service;
  const app = new Hono<Env>({ strict: false });

  app.post("/signup", async (c) => {
    refuseForeignOrigin(service, c.req.raw);
    if (!chat.signupOpen) throw new SignupClosed();
    const signup = await bodyOf(c.req.raw, Signup, { form: true });
    const wait = chat.limiters.signups.take(whence(service, c.req.raw, c.env));
    if (wait > 0) throw new RateLimited(wait, "Too many sign-ups");
    await signUp(chat, signup);
    const session = await startSession(chat, signup.username, whenceSession(service, c.req.raw, c.env));
    return signedIn(service, c.req.raw, session, 201);
  });

  app.post("/login", async (c) => {
    refuseForeignOrigin(service, c.req.raw);
    const login = await bodyOf(c.req.raw, Login, { form: true });
    const attempt = { ...await attemptOf(service, c.req.raw, c.env, login.username), proof: login.proof };
    const from = whenceSession(service, c.req.raw, c.env);
    const session = await attemptLogin(chat, attempt, (lane) => signIn(chat, login, from, lane));
    return signedIn(service, c.req.raw, session, 200);
  });

  invitationRoutes(service, app);

  app.post("/logout", async (c) => {
    const { username, jti } = await requireAdmin(service, c.req.raw);
    const { everywhere } = await bodyOf(c.req.raw, Logout);
    if (everywhere) await endAllSessions(chat, username);
    else await endSession(chat, username, jti);
    return withSessionCookie(service, c.req.raw, new Response(null, { status: 204 }));
  });

  app.post("/password", async (c) => {
    const { username, jti } = await requireAdmin(service, c.req.raw);
    const change = await bodyOf(c.req.raw, ChangePassword);
    const attempt = await attemptOf(service, c.req.raw, c.env, username);
    await attemptLogin(chat, attempt, () => changePassword(chat, username, change, jti));
    return new Response(null, { status: 204 });
  });

  app.get("/me", async (c) => {
    const { username } = await requireAdmin(service, c.req.raw);
    return c.json(await profile(chat, username));
  });

  return app;
}

/** What the holder of an invitation's token may do: `/accounts/api/invitations/TOKEN`. */
function invitationRoutes(service: Service, app: Hono<Env>): void {
  const { chat } = service;
  const counted = async <T>(c: Context<Env>, look: () => Promise<T>): Promise<T> => {
    try {
      return await look();
    } catch (error) {
      if (error instanceof UnknownInvitation) countGuess(chat, whence(service, c.req.raw, c.env));
      throw error;
    }
  };

  app.get(
    "/invitations/:token",
    async (c) => c.json(await counted(c, () => invitedTo(chat, c.req.param("token")))),
  );

  app.post("/invitations/:token/accept", async (c) => {
    refuseForeignOrigin(service, c.req.raw);
    const token = c.req.param("token");
    const { username, password, name } = await bodyOf(c.req.raw, AcceptInvitation);
    if (username === undefined || password === undefined) {
      const admin = await requireAdmin(service, c.req.raw);
      return c.json(await counted(c, () => joinBy(chat, token, admin, name)));
    }
    const wait = chat.limiters.signups.take(whence(service, c.req.raw, c.env));
    if (wait > 0) throw new RateLimited(wait, "Too many sign-ups");
    const joined = await counted(c, () => signUpBy(chat, token, { username, password, name }));
    const session = await startSession(chat, username, whenceSession(service, c.req.raw, c.env));
    return await signedIn(service, c.req.raw, { ...session, ...joined }, 201);
  });
}

const whence = (service: Service, request: Request, peer: Peer | undefined) =>
  addressOf(request, peer?.remoteAddress, service.trustProxy);

const whenceSession = (service: Service, request: Request, peer: Peer | undefined) => ({
  agent: request.headers.get("user-agent")?.slice(0, 300),
  address: whence(service, request, peer),
});

type Session = Awaited<ReturnType<typeof startSession>>;

async function signedIn(service: Service, request: Request, session: Session, status: 200 | 201) {
  const seconds = Math.floor((Date.parse(session.expires) - service.chat.now()) / 1000);
  const known = await device(service, request, session.username);
  return withSessionCookie(service, request, Response.json(session, { status }), {
    token: session.token,
    seconds,
    beside: [known],
  });
}

async function device({ chat, origins }: Service, request: Request, username: string): Promise<string> {
  const account = await existingAccount(chat, username);
  const token = await chat.tokens.signDevice(account, chat.now() + deviceSeconds * 1000);
  return setDeviceCookie(token, deviceSeconds, origins.isHttps(request));
}

import type { PortalCall } from "../routes/api/portal_calls.ts";

/** Calls outside of `/messages/api` that need a session. Paths are whole. */
export const memberCalls: PortalCall[] = [
  { route: "GET /chatbot/api", act: "read" },
  { route: "POST /chatbot/api", body: { title: "Lamps" }, act: "content" },
  { route: "POST /chatbot/api/identity-secret", body: {}, act: "secrets" },
  { route: "GET /accounts/api/me", act: "account" },
  { route: "POST /accounts/api/password", body: { password: "x", new_password: "y" }, act: "account" },
  { route: "POST /accounts/api/logout", body: {}, act: "account" },
];

/** Routes that anybody may call; each decides by what it is given. */
export const publicRoutes = [
  "POST /accounts/api/signup",
  "POST /accounts/api/login",
  "GET /accounts/api/invitations/:token",
  "POST /accounts/api/invitations/:token/accept",
  "POST /chatbot/api/:name/session",
  "GET /chatbot/api/:name/suggested",
  "GET /ws/chat/:admin/:consumer",
  "GET /ws/room/:admin",
];

import type { Act } from "../../../chat/permissions.ts";

/** A call of the portal's API as a client makes it. */
export interface Call {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * One route of `/messages/api`: what it takes, and what a member must be allowed to call it; `account`: anybody who
 * has signed in, about the own account.
 */
export interface PortalCall {
  /** Method and pattern, as the routes are declared. */
  route: string;
  /** With `?`. */
  query?: string;
  /** A valid one: what is refused is then refused for who asks. */
  body?: unknown;
  act: Act | "account";
}

export const subscription = {
  endpoint: "https://fcm.googleapis.com/fcm/send/abc",
  keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) },
};

const oneFlow = {
  title: "Hello",
  start: { button: true },
  steps: [{ id: "hello", do: "say", text: "Hello" }],
};
const oneWorld = { online: true, hours: "open", language: "en" };

/** Every route. Add a line for a new one; `:consumer` and `:id` are filled in. Those that end a session or an account are last. */
export const portalCalls: PortalCall[] = [
  { route: "GET /search", query: "?q=parcel", act: "read" },
  { route: "GET /rooms/:consumer", act: "read" },
  { route: "PATCH /rooms/:consumer/visitor", body: { company: "Lamps" }, act: "write" },
  { route: "POST /rooms/:consumer/merge", body: { from: "nobody" }, act: "content" },
  { route: "GET /blocked", act: "read" },
  { route: "POST /blocked", body: { consumer: ":consumer" }, act: "block" },
  { route: "DELETE /blocked/:consumer", act: "block" },
  { route: "GET /workspaces", act: "account" },
  { route: "GET /members", act: "read" },
  { route: "GET /audit", act: "audit" },
  { route: "GET /canned", act: "own_canned" },
  { route: "POST /canned", body: { code: "hi", text: "Hello", scope: "own" }, act: "own_canned" },
  { route: "GET /canned.csv", act: "own_canned" },
  { route: "POST /canned/import", body: {}, act: "own_canned" },
  { route: "PATCH /canned/:id", body: {}, act: "own_canned" },
  { route: "DELETE /canned/:id", act: "own_canned" },
  { route: "POST /canned/:id/used", act: "own_canned" },
  { route: "GET /answers", act: "read" },
  { route: "POST /answers", body: { title: "Hours", body: "Nine to five" }, act: "content" },
  { route: "GET /answers/:id", act: "read" },
  { route: "PATCH /answers/:id", body: { version: 1 }, act: "content" },
  { route: "POST /answers/:id/phrases", body: { phrase: "open today" }, act: "content" },
  { route: "DELETE /answers/:id", act: "content" },
  { route: "GET /articles", act: "read" },
  { route: "POST /articles", body: { title: "Hours", body: "Nine to five" }, act: "content" },
  { route: "GET /articles/:id", act: "read" },
  { route: "PATCH /articles/:id", body: { version: 1 }, act: "content" },
  { route: "DELETE /articles/:id", act: "content" },
  { route: "POST /knowledge/import", query: "?kind=json&dry_run", body: [], act: "content" },
  { route: "POST /knowledge/pages", body: { urls: ["https://a.example/"] }, act: "content" },
  { route: "GET /knowledge/export.csv", act: "content" },
  { route: "GET /knowledge/export.json", act: "content" },
  { route: "GET /knowledge/last", act: "read" },
  { route: "POST /knowledge/undo", act: "content" },
  { route: "GET /reports/bot", query: "?from=2026-01-01&to=2026-01-31", act: "reports" },
  { route: "GET /reports/bot.csv", query: "?from=2026-01-01&to=2026-01-31", act: "reports" },
  { route: "GET /bot", act: "read" },
  { route: "POST /bot/try", body: { text: "Where is my order?" }, act: "read" },
  { route: "GET /bot/report_card", act: "read" },
  { route: "GET /bot/review", act: "content" },
  {
    route: "POST /bot/review",
    body: { questions: [{ consumer: ":consumer", seq: 1 }], dismiss: true },
    act: "content",
  },
  { route: "GET /bot/draft", query: "?consumer=vera&seq=1", act: "content" },
  { route: "POST /bot/used", body: { consumer: ":consumer", seq: 1, answer: "a00000000000" }, act: "write" },
  { route: "POST /knowledge/starters", body: { locale: "en" }, act: "content" },
  { route: "GET /teams", act: "read" },
  { route: "POST /teams", body: { name: "Lamps" }, act: "content" },
  { route: "PATCH /teams/:id", body: {}, act: "content" },
  { route: "DELETE /teams/:id", act: "content" },
  { route: "GET /labels", act: "read" },
  { route: "POST /labels", body: { name: "urgent" }, act: "content" },
  { route: "PATCH /labels/:id", body: {}, act: "content" },
  { route: "DELETE /labels/:id", act: "content" },
  { route: "POST /rooms/bulk", body: { consumers: [":consumer"], act: { status: "open" } }, act: "write" },
  { route: "GET /flows", act: "read" },
  { route: "POST /flows", body: oneFlow, act: "content" },
  { route: "GET /flows/starters", act: "content" },
  { route: "POST /flows/try", body: { flow: oneFlow, input: { world: oneWorld } }, act: "content" },
  { route: "GET /flows/:id", act: "read" },
  { route: "PATCH /flows/:id", body: { version: 1 }, act: "content" },
  { route: "DELETE /flows/:id", act: "content" },
  { route: "GET /audit", act: "audit" },
  { route: "GET /reports", query: "?from=2026-01-01&to=2026-01-31", act: "reports" },
  { route: "GET /reports/episodes.csv", query: "?from=2026-01-01&to=2026-01-31", act: "reports" },
  { route: "PATCH /members/me", body: {}, act: "read" },
  { route: "PATCH /members/:id", body: { capacity: 3 }, act: "members" },
  { route: "DELETE /members/:id", act: "members" },
  { route: "GET /invitations", act: "members" },
  { route: "POST /invitations", body: { role: "agent" }, act: "members" },
  { route: "DELETE /invitations/:id", act: "members" },
  { route: "POST /owner", body: { id: "aaaaaaaaaaaa" }, act: "secrets" },
  { route: "GET /sessions", act: "account" },
  { route: "GET /export", act: "export" },
  { route: "POST /export", body: {}, act: "export" },
  { route: "GET /push", act: "account" },
  { route: "POST /push", body: subscription, act: "account" },
  { route: "DELETE /push", body: { endpoint: subscription.endpoint }, act: "account" },
  { route: "DELETE /sessions", act: "account" },
  { route: "DELETE /sessions/:id", act: "account" },
  { route: "DELETE /rooms/:consumer", act: "erase" },
  { route: "DELETE /account", body: { username: "asha" }, act: "account" },
];

/** The call of a route about this visitor, or this session. */
export function callOf(
  { route, query = "", body }: PortalCall,
  { consumer, session = "x" }: { consumer: string; session?: string },
): Call {
  const [method, pattern] = route.split(" ") as [string, string];
  const path = pattern.replace(":consumer", consumer).replace("/sessions/:id", `/sessions/${session}`)
    .replace(/:\w+/, "x") + query;
  const json = body === undefined ? undefined : JSON.stringify(body).replace(":consumer", consumer);
  return { method, path, ...(json !== undefined && { body: JSON.parse(json) }) };
}

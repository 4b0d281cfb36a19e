import { decoded } from "../../protocol/decoded.ts";
import { accountHeader, workspaceHeader } from "../../protocol/limits.ts";
import type { Chat } from "../../chat/chat.ts";
import type { Service } from "../service.ts";

/** Loaded for the first cross-origin request: the settings' schema costs more to build than most responses. */
const chatbots = () =>
  import(import.meta.resolve("../../chat/chatbots/chatbots.ts")) as Promise<
    typeof import("../../chat/chatbots/chatbots.ts")
  >;

const visitorPath = /^\/chatbot\/api(?:\/([^/]+)\/(?:session|suggested))?\/?$/;

/**
 * CORS: a portal of `PORTAL_ORIGINS` may read everything, with credentials; a site that the chatbot allows may read
 * its public part, the suggested questions and the visitor's session, without credentials. Nobody else may read anything.
 */
export async function corsHeaders(
  { chat, origins }: Service,
  request: Request,
): Promise<Record<string, string>> {
  const origin = request.headers.get("origin");
  if (origin === null || origin === origins.own(request)) return {};
  const granted = {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "retry-after",
    "vary": "Origin",
  };
  if (origins.isPortal(origin)) return { ...granted, "access-control-allow-credentials": "true" };
  const isGranted = origin !== "null" && await isVisitorCall(chat, new URL(request.url), origin);
  return isGranted ? granted : { "vary": "Origin" };
}

async function isVisitorCall(chat: Chat, url: URL, origin: string): Promise<boolean> {
  const path = visitorPath.exec(url.pathname);
  const admin = path?.[1] ? decoded(path[1]) : url.searchParams.get("username");
  if (!path || !admin) return false;
  const { chatbotOf } = await chatbots();
  const chatbot = await chatbotOf(chat, admin.toLowerCase()).catch(() => undefined);
  return chatbot !== undefined &&
    (chatbot.allowed_origins.length === 0 || chatbot.allowed_origins.includes(origin));
}

/** The response to a preflight request. */
export function preflight(cors: Record<string, string>): Response {
  const isAllowed = cors["access-control-allow-origin"] !== undefined;
  const allowed: Record<string, string> = !isAllowed ? {} : {
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": `authorization, content-type, ${accountHeader}, ${workspaceHeader}`,
    "access-control-max-age": "600",
  };
  return new Response(null, { status: 204, headers: allowed });
}

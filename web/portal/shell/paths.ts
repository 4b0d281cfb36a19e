import { decoded } from "../../../protocol/decoded.ts";
import { isTab, type Tab } from "../inbox/tab.ts";

/** What an address of the portal shows. */
export type Route =
  | { kind: "inbox"; box?: Tab }
  | { kind: "thread"; consumer: string; at?: number; details?: boolean }
  | { kind: "search"; q: string }
  | { kind: "settings"; section?: string }
  | { kind: "reports" }
  | { kind: "bot"; tab?: string; item?: string }
  | { kind: "unknown" };

const base = "/messages";

export const inboxPath = base;
/** The page of an invitation, with its token behind `#`. */
export const joinPath = `${base}/join`;
export const searchPath = (q = ""): string =>
  q ? `${base}/search?q=${encodeURIComponent(q)}` : `${base}/search`;
export const reportsPath = `${base}/reports`;
export const botPath = `${base}/bot`;
export const settingsPath = (section?: string): string => `${base}/settings${section ? `/${section}` : ""}`;

/** Path of one list of the inbox. */
export const boxPath = (tab: Tab): string => `${base}?box=${encodeURIComponent(tab)}`;

/** Path of a room; with `at`, at that message; with `details`, with the visitor panel open. */
export function threadPath(consumer: string, at?: number, details = false): string {
  const query = [at === undefined ? "" : `at=${at}`, details ? "details=1" : ""].filter(Boolean).join("&");
  return `${base}/to/${encodeURIComponent(consumer)}${query && `?${query}`}`;
}

/** Parses an address of the portal. */
export function parseRoute(path: string, query: Record<string, string | undefined>): Route {
  const [kind, name, ...more] = path.replace(/\/+$/, "").slice(base.length + 1).split("/");
  if (!kind) return { kind: "inbox", ...(isTab(query.box) && { box: query.box }) };
  if (kind === "bot" && more.length < 2) {
    return { kind: "bot", ...(name && { tab: name }), ...(more[0] && { item: more[0] }) };
  }
  if (more.length > 0) return { kind: "unknown" };
  if (kind === "to" && name) {
    const at = Number(query.at), consumer = decoded(name);
    if (consumer === undefined) return { kind: "unknown" };
    return {
      kind: "thread",
      consumer,
      ...(at > 0 && Number.isInteger(at) && { at }),
      ...(query.details !== undefined && { details: true }),
    };
  }
  if (kind === "search" && !name) return { kind: "search", q: query.q ?? "" };
  if (kind === "reports" && !name) return { kind: "reports" };
  if (kind === "settings") return { kind: "settings", ...(name && { section: name }) };
  return { kind: "unknown" };
}

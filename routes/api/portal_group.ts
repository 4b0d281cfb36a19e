import { type Context, Hono } from "hono";
import type { z } from "zod";
import { Consumer } from "../../protocol/names.ts";
import { InvalidInput, UnknownRoom } from "../../chat/errors.ts";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { costOf } from "../../chat/limits/meter.ts";
import type { AdminWho } from "../../chat/who.ts";
import { requireAdmin, requireMember, type SignedIn } from "./authenticate.ts";
import type { Env, Service } from "../service.ts";

export type Asked = Context<Env>;
type Method = "get" | "post" | "put" | "patch" | "delete";
/** A response, or a value that is sent as JSON and charged by its length. */
type Given = Promise<Response | Record<string, unknown>>;

/** Adds routes of the portal's API. Each authenticates before its handler; there is no other way to add one. */
export interface PortalRoutes {
  /** A call of a member, in the workspace that the call names. */
  answer(
    method: Method,
    path: string,
    give: (c: Asked, admin: SignedIn, who: AdminWho) => Given,
  ): void;
  /** A call about the account itself, whatever workspaces it is in. */
  answerAccount(method: Method, path: string, give: (c: Asked, admin: SignedIn) => Given): void;
}

/** One group of paths of `/messages/api`. */
export type PortalGroup = (service: Service, routes: PortalRoutes) => void;

export const nothing = () => new Response(null, { status: 204 });

/** The routes of these groups. */
export function portalRoutes(service: Service, groups: readonly PortalGroup[]): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  const sent = async (c: Asked, { username }: SignedIn, giving: Given) => {
    const given = await giving;
    if (given instanceof Response) return given;
    const text = JSON.stringify(given);
    service.chat.meter?.account(username).charge(costOf(text.length));
    return c.body(text, 200, { "content-type": "application/json" });
  };
  const routes: PortalRoutes = {
    answer: (method, path, give) =>
      void app[method](path, async (c) => {
        const { admin, who } = await requireMember(service, c.req.raw);
        return await sent(c, admin, give(c, admin, who));
      }),
    answerAccount: (method, path, give) =>
      void app[method](path, async (c) => {
        const admin = await requireAdmin(service, c.req.raw);
        return await sent(c, admin, give(c, admin));
      }),
  };
  for (const group of groups) group(service, routes);
  return app;
}

/** The consumer in the path. @throws {UnknownRoom} if it is invalid */
export function consumerIn(c: Asked): string {
  const consumer = c.req.param("consumer")!;
  if (!Consumer.safeParse(consumer).success) throw new UnknownRoom(consumer);
  return consumer;
}

/** The query by its schema. @throws {InvalidInput} */
export function queryOf<T>(c: Asked, schema: z.ZodType<T>): T {
  const read = schema.safeParse(c.req.query());
  if (read.success) return read.data;
  throw new InvalidInput(fieldsOf(read.error));
}

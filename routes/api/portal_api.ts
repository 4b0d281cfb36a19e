import { type Context, Hono } from "hono";
import {
  BeginExport,
  Block,
  DeleteAccount,
  PushEndpoint,
  PushSubscription,
  Search,
} from "../../protocol/portal.ts";
import { Consumer } from "../../protocol/names.ts";
import { blockedVisitors, blockVisitor, unblockVisitor } from "../../chat/visitors/blocks.ts";
import { InvalidInput, UnknownRoom } from "../../chat/errors.ts";
import { beginExport, type Export } from "../../chat/rooms/export.ts";
import { exportTicket, useExportTicket } from "../../chat/rooms/export_ticket.ts";
import { forgetAccount } from "../../chat/accounts/forget_account.ts";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { costOf } from "../../chat/limits/meter.ts";
import { search } from "../../chat/rooms/search.ts";
import { endAllSessions, endSessionElsewhere, liveSessions } from "../../chat/accounts/sessions.ts";
import { forgetVisitor, roomAndVisitor } from "../../chat/visitors/visitors.ts";
import type { Who } from "../../chat/who.ts";
import { requirePasswordOf } from "./attempt.ts";
import { requireAdmin, type SignedIn, withSessionCookie } from "./authenticate.ts";
import { bodyOf } from "../http/body.ts";
import { NotFound } from "../http/errors.ts";
import type { Env, Service } from "../service.ts";

type Asked = Context<Env>;
/** Returns a response, or a value that is sent as JSON and charged by its length. */
type Answer = (c: Asked, admin: SignedIn, who: Who) => Promise<Response | Record<string, unknown>>;

const nothing = () => new Response(null, { status: 204 });

/** The portal's HTTP API: `/messages/api/…`. Every path is for an admin, about its own data. */
export function portalApiRoutes(service: Service) {
  const { chat } = service;
  const app = new Hono<Env>({ strict: false });
  /** Authenticates before each handler; there is no other way to add one here. */
  const answer = (method: "get" | "post" | "delete", path: string, give: Answer) =>
    app[method](path, async (c) => {
      const admin = await requireAdmin(service, c.req.raw);
      const given = await give(c, admin, { kind: "admin", admin: admin.username });
      if (given instanceof Response) return given;
      const text = JSON.stringify(given);
      chat.meter?.account(admin.username).charge(costOf(text.length));
      return c.body(text, 200, { "content-type": "application/json" });
    });

  answer("get", "/search", async (c, _, who) => {
    const asked = Search.safeParse(c.req.query());
    if (!asked.success) throw new InvalidInput(fieldsOf(asked.error));
    return { ...await search(chat, who, asked.data) };
  });

  answer("get", "/rooms/:consumer", async (c, _, who) => ({ ...await roomAndVisitor(chat, who, named(c)) }));
  answer("delete", "/rooms/:consumer", async (c, _, who) => {
    await forgetVisitor(chat, who, named(c));
    return nothing();
  });

  answer("get", "/blocked", async (_, __, who) => ({ ...await blockedVisitors(chat, who) }));
  answer("post", "/blocked", async (c, _, who) => {
    const { consumer } = await bodyOf(c.req.raw, Block);
    return { room: await blockVisitor(chat, who, consumer) };
  });
  answer(
    "delete",
    "/blocked/:consumer",
    async (c, _, who) => ({ room: await unblockVisitor(chat, who, named(c)) }),
  );

  answer(
    "get",
    "/sessions",
    async (_, { username, jti }) => ({ ...await liveSessions(chat, username, jti) }),
  );
  answer("delete", "/sessions", async (_, { username, jti }) => {
    await endAllSessions(chat, username, jti);
    return nothing();
  });
  answer("delete", "/sessions/:id", async (c, { username }) => {
    const isEnded = await endSessionElsewhere(chat, username, c.req.param("id")!);
    if (!isEnded) throw new NotFound("There is no such session");
    return nothing();
  });

  const proved = (c: Asked, admin: SignedIn, given: { password?: string; how?: string }) =>
    requirePasswordOf(service, { raw: c.req.raw, peer: c.env }, admin, given);

  answer("post", "/export", async (c, admin) => {
    await proved(c, admin, await bodyOf(c.req.raw, BeginExport));
    return c.json(await exportTicket(chat, admin), 201);
  });
  answer("get", "/export", async (c, admin, who) => {
    const ticket = c.req.query("ticket");
    const hasTicket = ticket !== undefined && await useExportTicket(chat, admin, ticket);
    if (!hasTicket) {
      await proved(c, admin, { how: "POST { password } here, and add the ticket it answers as ?ticket=" });
    }
    const day = new Date(chat.now()).toISOString().slice(0, 10);
    return new Response(streamOf(beginExport(chat, who)), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": `attachment; filename="parlor-${admin.username}-${day}.ndjson"`,
      },
    });
  });

  answer("delete", "/account", async (c, admin, who) => {
    const { username, password } = await bodyOf(c.req.raw, DeleteAccount);
    await proved(c, admin, { password });
    await forgetAccount(chat, who, username);
    return withSessionCookie(service, c.req.raw, nothing());
  });

  answer("get", "/push", async () => ({ key: await push(service).publicKey() }));
  answer("post", "/push", async (c, { username }) => {
    const subscription = await bodyOf(c.req.raw, PushSubscription);
    await push(service).subscribe(username, subscription, chat.now());
    // Checked once more: if the session ended meanwhile, the subscription may have come after all others were removed.
    await requireAdmin(service, c.req.raw).catch(async (error) => {
      await chat.store.dropPush(username, subscription.endpoint);
      throw error;
    });
    return nothing();
  });
  answer("delete", "/push", async (c, { username }) => {
    await chat.store.dropPush(username, (await bodyOf(c.req.raw, PushEndpoint)).endpoint);
    return nothing();
  });

  return app;
}

/** The consumer in the path. @throws {UnknownRoom} if it is invalid */
function named(c: Asked): string {
  const consumer = c.req.param("consumer")!;
  if (!Consumer.safeParse(consumer).success) throw new UnknownRoom(consumer);
  return consumer;
}

/** @throws {NotFound} where the service has no push notifications */
function push({ chat }: Service) {
  if (!chat.push) throw new NotFound("This service sends no push messages");
  return chat.push;
}

/** Longest time without progress of an export's reader. Milliseconds. */
const untakenMs = 30_000;

/** Lines as bytes, each page read after the one before was taken; ended when the reader stalls. */
export function streamOf({ lines, end }: Export, giveUpMs = untakenMs): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let untaken: ReturnType<typeof setTimeout> | undefined;
  const leave = async () => {
    clearTimeout(untaken);
    end();
    await lines.return(undefined);
  };
  const wait = (controller: ReadableStreamDefaultController) => {
    untaken = setTimeout(() => {
      controller.error(new Error("Nobody takes it"));
      void leave();
    }, giveUpMs);
    Deno.unrefTimer(untaken);
  };
  return new ReadableStream({
    start: wait,
    async pull(controller) {
      clearTimeout(untaken);
      try {
        const { value, done } = await lines.next();
        if (done) {
          end();
          return controller.close();
        }
        controller.enqueue(encoder.encode(value));
        wait(controller);
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel: leave,
  }, { highWaterMark: 0 });
}

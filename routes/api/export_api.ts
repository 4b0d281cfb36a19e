import { BeginExport } from "../../protocol/portal.ts";
import type { Download } from "../../chat/limits/download.ts";
import { beginExport } from "../../chat/rooms/export.ts";
import { exportTicket, useExportTicket } from "../../chat/rooms/export_ticket.ts";
import { demand } from "../../chat/permissions.ts";
import { requirePasswordOf } from "./attempt.ts";
import type { SignedIn } from "./authenticate.ts";
import { bodyOf } from "../http/body.ts";
import type { Asked, PortalGroup } from "./portal_group.ts";

/** The download of a workspace's conversations. */
export const exportApi: PortalGroup = (service, { answer }) => {
  const { chat } = service;
  const proved = (c: Asked, admin: SignedIn, given: { password?: string; how?: string }) =>
    requirePasswordOf(service, { raw: c.req.raw, peer: c.env }, admin, given);

  answer("post", "/export", async (c, admin, who) => {
    demand(who, "export");
    await proved(c, admin, await bodyOf(c.req.raw, BeginExport));
    return c.json(await exportTicket(chat, admin), 201);
  });
  answer("get", "/export", async (c, admin, who) => {
    const workspace = demand(who, "export");
    const ticket = c.req.query("ticket");
    const hasTicket = ticket !== undefined && await useExportTicket(chat, admin, ticket);
    if (!hasTicket) {
      await proved(c, admin, { how: "POST { password } here, and add the ticket it answers as ?ticket=" });
    }
    const day = new Date(chat.now()).toISOString().slice(0, 10);
    return new Response(streamOf(beginExport(chat, who)), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": `attachment; filename="parlor-${workspace}-${day}.ndjson"`,
      },
    });
  });
};

/** Longest time without progress of an export's reader. Milliseconds. */
const untakenMs = 30_000;

/** Lines as bytes, each page read after the one before was taken; ended when the reader stalls. */
export function streamOf({ lines, end }: Download, giveUpMs = untakenMs): ReadableStream<Uint8Array> {
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

import { CannedPatch, NewCanned } from "../../protocol/canned.ts";
import { maxImportBytes } from "../../protocol/limits.ts";
import { addCanned, cannedPage, changeOneCanned, dropCanned, useCanned } from "../../chat/desk/canned.ts";
import { exportCanned, importCanned } from "../../chat/desk/canned_file.ts";
import { demand } from "../../chat/permissions.ts";
import { bodyOf, csvOf } from "../http/body.ts";
import { type Asked, nothing, type PortalGroup } from "./portal_group.ts";

const idIn = (c: Asked) => c.req.param("id")!;

/** Canned replies. */
export const cannedApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/canned", async (c, _, who) => ({ ...await cannedPage(chat, who, c.req.query("cursor")) }));
  answer(
    "post",
    "/canned",
    async (c, _, who) => c.json(await addCanned(chat, who, await bodyOf(c.req.raw, NewCanned)), 201),
  );
  answer("get", "/canned.csv", async (_, __, who) => {
    // With a byte order mark: spreadsheets would otherwise not read it as UTF-8.
    return new Response(`\ufeff${await exportCanned(chat, who)}`, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="canned-replies.csv"',
      },
    });
  });
  answer("post", "/canned/import", async (c, _, who) => {
    demand(who, "own_canned");
    const isDryRun = c.req.query("dry_run") !== undefined;
    return { ...await importCanned(chat, who, { text: await csvOf(c.req.raw, maxImportBytes), isDryRun }) };
  });
  answer(
    "patch",
    "/canned/:id",
    async (c, _, who) => ({
      ...await changeOneCanned(chat, who, { id: idIn(c), ...await bodyOf(c.req.raw, CannedPatch) }),
    }),
  );
  answer("delete", "/canned/:id", async (c, _, who) => {
    await dropCanned(chat, who, idIn(c));
    return nothing();
  });
  answer("post", "/canned/:id/used", async (c, _, who) => {
    await useCanned(chat, who, idIn(c));
    return nothing();
  });
};

import { AuditQuery } from "../../protocol/audit.ts";
import { auditLines, auditPage } from "../../chat/audit/audit_pages.ts";
import { InvalidInput } from "../../chat/errors.ts";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { demand } from "../../chat/permissions.ts";
import { streamOf } from "./export_api.ts";
import type { PortalGroup } from "./portal_group.ts";

/** What members have done in a workspace, for its owner. */
export const auditApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/audit", async (c, _, who) => {
    const workspace = demand(who, "audit");
    const asked = AuditQuery.safeParse(c.req.query());
    if (!asked.success) throw new InvalidInput(fieldsOf(asked.error));
    const { format, ...page } = asked.data;
    if (format === "json") return { ...await auditPage(chat, who, page) };
    return new Response(streamOf({ lines: auditLines(chat, who), end: () => {} }), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": `attachment; filename="parlor-${workspace}-audit.ndjson"`,
      },
    });
  });
};

import type { z } from "zod";
import { EpisodesQuery, ReportQuery } from "../../protocol/reports.ts";
import { InvalidInput } from "../../chat/errors.ts";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { beginEpisodesCsv, csvName } from "../../chat/reports/episodes_csv.ts";
import { report } from "../../chat/reports/report.ts";
import { streamOf } from "./export_api.ts";
import type { Asked, PortalGroup } from "./portal_group.ts";

/** Figures of the workspace's conversations, and a row for each. */
export const reportsApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/reports", async (c, _, who) => ({ ...await report(chat, who, queryOf(c, ReportQuery)) }));
  // deno-lint-ignore require-await -- so that what is refused is a rejection
  answer("get", "/reports/episodes.csv", async (c, _, who) => {
    const asked = queryOf(c, EpisodesQuery);
    return new Response(streamOf(beginEpisodesCsv(chat, who, asked)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${csvName(who.admin, asked)}"`,
      },
    });
  });
};

/** @throws {InvalidInput} */
function queryOf<T>(c: Asked, schema: z.ZodType<T>): T {
  const read = schema.safeParse(c.req.query());
  if (read.success) return read.data;
  throw new InvalidInput(fieldsOf(read.error));
}

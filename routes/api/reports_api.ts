import { EpisodesQuery, ReportQuery } from "../../protocol/reports.ts";
import { beginEpisodesCsv, csvName } from "../../chat/reports/episodes_csv.ts";
import { report } from "../../chat/reports/report.ts";
import { streamOf } from "./export_api.ts";
import { type PortalGroup, queryOf } from "./portal_group.ts";

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

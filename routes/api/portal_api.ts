import type { Service } from "../service.ts";
import { accountApi } from "./account_api.ts";
import { auditApi } from "./audit_api.ts";
import { botApi } from "./bot_api.ts";
import { cannedApi } from "./canned_api.ts";
import { deskApi } from "./desk_api.ts";
import { exportApi } from "./export_api.ts";
import { knowledgeApi } from "./knowledge_api.ts";
import { flowsApi } from "./flows_api.ts";
import { portalRoutes } from "./portal_group.ts";
import { reportsApi } from "./reports_api.ts";
import { reviewApi } from "./review_api.ts";
import { teamApi } from "./team_api.ts";
import { visitorsApi } from "./visitors_api.ts";

/** The portal's HTTP API: `/messages/api/…`. Every path is for somebody who has signed in. */
export function portalApiRoutes(service: Service) {
  return portalRoutes(service, [
    visitorsApi,
    exportApi,
    accountApi,
    teamApi,
    cannedApi,
    deskApi,
    knowledgeApi,
    reportsApi,
    auditApi,
    botApi,
    reviewApi,
    flowsApi,
  ]);
}

import { z } from "zod";

const Minutes = z.int().min(1).max(40_320).nullable().default(null).describe(
  "working minutes; null: no target",
);

/** Targets of a team. */
export const SlaTargets = z.object({
  first_reply: Minutes,
  next_reply: Minutes,
  resolve: Minutes,
});
export type SlaTargets = z.infer<typeof SlaTargets>;

/** Targets of a workspace, and of teams that have their own. */
export const Sla = SlaTargets.extend({
  teams: z.array(SlaTargets.extend({ team: z.string().min(1).max(64) })).max(50).default([]),
});
export type Sla = z.infer<typeof Sla>;

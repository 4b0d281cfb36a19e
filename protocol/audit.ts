import { z } from "zod";
import { Time } from "./records.ts";

/** The query of `GET /messages/api/audit`. */
export const AuditQuery = z.object({
  act: z.string().max(40).optional(),
  before: z.coerce.number().int().min(1).optional().describe("entries before this number"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(["json", "ndjson"]).default("json").describe("ndjson: all entries as lines, oldest first"),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** An act in a workspace, as its owner sees it. */
export const AuditEntry = z.object({
  n: z.int().min(1).describe("1, 2, 3 … in its workspace, without gaps"),
  at: Time,
  by: z.object({ id: z.string(), username: z.string().optional(), name: z.string().optional() }).optional(),
  act: z.string(),
  target: z.string().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Answer to `GET /messages/api/audit`, newest first. */
export const AuditPage = z.object({
  entries: z.array(AuditEntry),
  has_more: z.boolean(),
  before: z.int().optional().describe("where the next page begins; absent on the last"),
});
export type AuditPage = z.infer<typeof AuditPage>;

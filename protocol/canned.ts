import { z } from "zod";
import { cannedParts } from "./canned_text.ts";
import { DeskId } from "./desk.ts";
import { maxContentLength } from "./limits.ts";
import { Time } from "./records.ts";
import { plainText } from "./text.ts";

/** Who may use a canned reply: its author, a team, everybody. */
export const CannedScope = z.enum(["own", "team", "all"]);
export type CannedScope = z.infer<typeof CannedScope>;

/** What an agent types after `/`. Compared without case. */
export const CannedCode = z.string().transform((code) =>
  code.trim().replace(/^\//, "").normalize().toLowerCase()
)
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,31}$/u, "1 to 32 letters, digits, _ and -"));

const Text = plainText(1, maxContentLength).superRefine((text, found) => {
  for (const part of cannedParts(text)) {
    if (part.type === "unknown") {
      found.addIssue({ code: "custom", message: `There is no variable {{${part.name.slice(0, 64)}}}` });
    }
  }
});

const shape = {
  code: CannedCode,
  title: plainText(0, 100),
  text: Text,
  scope: CannedScope,
  team: DeskId.optional().describe("with the scope `team` alone"),
};

export const NewCanned = z.object({ ...shape, title: shape.title.default("") });
export type NewCanned = z.infer<typeof NewCanned>;
export const CannedPatch = z.object(shape).partial();
export type CannedPatch = z.infer<typeof CannedPatch>;

/** A canned reply that the caller may use. */
export const CannedSeen = z.object({
  id: DeskId,
  code: z.string(),
  title: z.string(),
  text: z.string(),
  scope: CannedScope,
  team: DeskId.optional(),
  used: z.int().min(0).describe("how often it was inserted"),
  updated: Time,
});
export type CannedSeen = z.infer<typeof CannedSeen>;

/** Answer to `GET /messages/api/canned`: a page, by code. */
export const CannedPage = z.object({
  canned: z.array(CannedSeen),
  cursor: z.string().optional().describe("where the next page begins; absent on the last"),
});
export type CannedPage = z.infer<typeof CannedPage>;

/** What importing a line of a file does, or why it cannot. */
export const CannedRow = z.object({
  line: z.int().min(1).describe("of the file, its heading is 1"),
  code: z.string(),
  outcome: z.enum(["new", "changed", "same", "wrong"]),
  fields: z.record(z.string(), z.string()).optional().describe("wrong: the problem of each column"),
});
export type CannedRow = z.infer<typeof CannedRow>;

/** Answer to `POST /messages/api/canned/import`. */
export const CannedImport = z.object({
  rows: z.array(CannedRow),
  imported: z.boolean().describe("false for a dry run, and where a row is wrong: then nothing was changed"),
});
export type CannedImport = z.infer<typeof CannedImport>;

import { z } from "zod";
import { maxBulkRooms, maxLabels, maxLabelsOfRoom, maxTeams } from "./limits.ts";
import { Consumer } from "./names.ts";
import { Time } from "./records.ts";
import { AgentAvailability } from "./team.ts";
import { plainText } from "./text.ts";

/** Id of a member, team or label within its workspace. */
export const DeskId = z.string().regex(/^[a-z0-9]{12}$/, "no such id");

const Name = plainText(1, 60);
const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "a colour as #rrggbb").toLowerCase();

/** How the open rooms of a team, or those without a team, find their agent. */
export const Assignment = z.enum(["manual", "balanced"]).describe(
  "balanced: the longest-waiting room goes to the available agent with the fewest",
);
export type Assignment = z.infer<typeof Assignment>;

/** A named set of members. */
export const TeamSeen = z.object({
  id: DeskId,
  name: z.string(),
  assignment: Assignment,
  members: z.array(DeskId),
});
export type TeamSeen = z.infer<typeof TeamSeen>;

const MemberIds = z.array(DeskId).max(200);
export const NewTeam = z.object({
  name: Name,
  members: MemberIds.default([]),
  assignment: Assignment.default("manual"),
});
export type NewTeam = z.infer<typeof NewTeam>;
export const TeamPatch = z.object({ name: Name, members: MemberIds, assignment: Assignment }).partial();
export type TeamPatch = z.infer<typeof TeamPatch>;
export const TeamList = z.object({ teams: z.array(TeamSeen).max(maxTeams) });

/** What members call rooms of one sort. */
export const LabelSeen = z.object({ id: DeskId, name: z.string(), colour: z.string() });
export type LabelSeen = z.infer<typeof LabelSeen>;
export const NewLabel = z.object({ name: Name, colour: Colour.default("#64748b") });
export type NewLabel = z.infer<typeof NewLabel>;
export const LabelPatch = z.object({ name: Name, colour: Colour }).partial();
export type LabelPatch = z.infer<typeof LabelPatch>;
export const LabelList = z.object({ labels: z.array(LabelSeen).max(maxLabels) });

/** A list of rooms in the inbox. */
export const RoomBox = z.string().regex(
  /^(mine|unassigned|waiting|bot|snoozed|mentions|(team|label):[a-z0-9]{12})$/,
  "mine, unassigned, waiting, bot, snoozed, mentions, team:ID or label:ID",
);
export type RoomBox = z.infer<typeof RoomBox>;
export const RoomSort = z.enum(["newest", "longest_waiting"]);
export type RoomSort = z.infer<typeof RoomSort>;

/** Who answers a room. A field left out stays, except that a team alone clears the agent. */
const assigning = { agent: DeskId.nullable().optional(), team: DeskId.nullable().optional() };
const AssignTo = z.object({
  ...assigning,
  expect: z.object(assigning).optional().describe("refused with `conflict` where somebody else holds it now"),
});
export type AssignTo = z.infer<typeof AssignTo>;

const LabelIds = z.array(DeskId).max(maxLabelsOfRoom).default([]);
const Labelling = z.object({ add: LabelIds, drop: LabelIds });
export type Labelling = z.infer<typeof Labelling>;

const Until = z.union([Time, z.literal("reply"), z.null()]).describe(
  "reply: until the visitor writes; null: not any more",
);

const AboutRoom = { consumer: Consumer.optional() };

export const Take = z.object({ command: z.literal("take"), ...AboutRoom });
export const Assign = z.object({ command: z.literal("assign"), ...AboutRoom, ...AssignTo.shape });
export const Label = z.object({ command: z.literal("label"), ...AboutRoom, ...Labelling.shape });
export const Snooze = z.object({ command: z.literal("snooze"), ...AboutRoom, until: Until });
export const Availability = z.object({ command: z.literal("availability"), value: AgentAvailability });
export const MarkUnread = z.object({ command: z.literal("mark_unread"), ...AboutRoom });

export type DeskFrame = z.infer<
  | typeof Take
  | typeof Assign
  | typeof Label
  | typeof Snooze
  | typeof Availability
  | typeof MarkUnread
>;

/** One act on many rooms: exactly one of the fields. */
export const BulkAct = z.object({
  assign: AssignTo.optional(),
  label: Labelling.optional(),
  status: z.enum(["open", "resolved"]).optional(),
  snooze: Until.optional(),
}).refine(
  (act) => Object.values(act).filter((value) => value !== undefined).length === 1,
  "one of assign, label, status, snooze",
);
export type BulkAct = z.infer<typeof BulkAct>;

export const Bulk = z.object({
  consumers: z.array(Consumer).min(1).max(maxBulkRooms),
  act: BulkAct,
});
export type Bulk = z.infer<typeof Bulk>;

/** Answer to `POST /messages/api/rooms/bulk`: one result for each room, in the order of the request. */
export const BulkResult = z.object({
  results: z.array(z.object({
    consumer: z.string(),
    ok: z.boolean(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })),
});
export type BulkResult = z.infer<typeof BulkResult>;

import { z } from "zod";
import { Time } from "./records.ts";

/** What a member of a workspace may do; `chat/permissions.ts` lists it. */
export const Role = z.enum(["owner", "manager", "agent", "observer"]);
export type Role = z.infer<typeof Role>;

/** Whether an agent takes conversations: now, after a pause, or not. */
export const AgentAvailability = z.enum(["here", "away", "off"]);
export type AgentAvailability = z.infer<typeof AgentAvailability>;

/** What a member is notified of, besides mentions of itself. */
export const NotifyRule = z.array(z.enum(["mine", "unassigned", "mentions", "all"])).max(4);
export type NotifyRule = z.infer<typeof NotifyRule>;

/** A member's short public id in its workspace. */
export const AgentId = z.string().regex(/^[a-z0-9]{12}$/, "an id of 12 of the characters a-z 0-9");

/** A member as its colleagues see it. */
export const MemberSeen = z.object({
  id: AgentId,
  name: z.string().describe("the display name, or `Agent` and a part of the id"),
  title: z.string().optional(),
  avatar_url: z.string().optional(),
  role: Role,
  teams: z.array(z.string()).describe("ids"),
  capacity: z.int().min(0).describe("conversations that it is assigned at once by itself; 0: none"),
  availability: AgentAvailability,
  online: z.boolean(),
  joined: Time,
  username: z.string().optional().describe("to whoever manages members"),
});
export type MemberSeen = z.infer<typeof MemberSeen>;

import { z } from "zod";
import { Time } from "./records.ts";
import { Email, Password, SecondProof } from "./requests.ts";
import { Username } from "./names.ts";
import { HttpsUrl } from "./origin.ts";
import { plainText, trimmed } from "./text.ts";

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

/** Answer to `GET /messages/api/members`. */
export const MembersSeen = z.object({
  members: z.array(MemberSeen),
  you: z.string().describe("id of the member who asks"),
  notify: NotifyRule.describe("what it is told about"),
});
export type MembersSeen = z.infer<typeof MembersSeen>;

const Id = z.string().min(1).max(64);
/** Nobody is invited or promoted to be the owner: ownership is handed over. */
export const GivenRole = Role.exclude(["owner"]);
/** An empty text removes it. */
const DisplayName = plainText(0, 60);
const Title = plainText(0, 80);

/** Body of `PATCH /messages/api/members/me`. */
export const OwnProfile = z.object({
  name: DisplayName.optional().describe("what visitors see; never the sign-in name; empty: none"),
  title: Title.optional(),
  avatar_url: z.union([z.literal(""), HttpsUrl]).optional(),
  notify: NotifyRule.optional(),
});
export type OwnProfile = z.infer<typeof OwnProfile>;

/** Body of `PATCH /messages/api/members/ID`. */
export const MemberChange = z.object({
  role: GivenRole.optional(),
  teams: z.array(Id).max(50).optional().describe("ids, all of them"),
  capacity: z.int().min(0).max(1_000).optional(),
  name: DisplayName.optional(),
  title: Title.optional(),
});
export type MemberChange = z.infer<typeof MemberChange>;

/** Body of `POST /messages/api/invitations`. */
export const Invite = z.object({
  role: GivenRole,
  teams: z.array(Id).max(50).optional().describe("ids"),
  email: Email.optional(),
});
export type Invite = z.infer<typeof Invite>;

/** An invitation that was not used yet. */
export const InvitationSeen = z.object({
  id: z.string(),
  role: Role,
  teams: z.array(z.string()),
  email: z.string().optional(),
  created: Time,
  expires: Time,
});
export type InvitationSeen = z.infer<typeof InvitationSeen>;

/** Answer to `POST /messages/api/invitations`: the token is shown once. */
export const NewInvitation = InvitationSeen.extend({ token: z.string(), link: z.string() });
export type NewInvitation = z.infer<typeof NewInvitation>;

/** Answer to `GET /accounts/api/invitations/TOKEN`. */
export const InvitedTo = z.object({ workspace: z.string(), title: z.string(), role: Role, expires: Time });
export type InvitedTo = z.infer<typeof InvitedTo>;

/** Body of `POST /accounts/api/invitations/TOKEN/accept`: of who has no account, name and password of a new one. */
export const AcceptInvitation = z.object({
  username: z.string().max(400).transform(trimmed).pipe(Username).optional(),
  password: Password.optional(),
  name: DisplayName.optional().describe("the display name"),
}).refine(
  ({ username, password }) => (username === undefined) === (password === undefined),
  "username and password, or neither of them",
);
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

/** Body of `POST /messages/api/owner`. */
export const HandOver = z.object({ id: AgentId, password: SecondProof });

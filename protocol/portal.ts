import { z } from "zod";
import { Consumer } from "./names.ts";
import { maxContactFields } from "./limits.ts";
import { Message, Room, Time, VisitorProfile } from "./records.ts";
import { SecondProof } from "./requests.ts";
import { isStorable, plainText } from "./text.ts";

/** Numbers of an admin's rooms by tab of the inbox. */
export const RoomCounts = z.object({
  open: z.int().min(0),
  resolved: z.int().min(0),
  unread: z.int().min(0).describe("of any status, with messages after the admin's read mark"),
  waiting: z.int().min(0).optional().describe("whose visitor waits for an answer"),
  bot: z.int().min(0).optional(),
  snoozed: z.int().min(0).optional(),
  unassigned: z.int().min(0).optional(),
  mine: z.int().min(0).optional().describe("assigned to the member who receives it"),
  mentions: z.int().min(0).optional().describe("notes that mention the member and that it has not read"),
});
export type RoomCounts = z.infer<typeof RoomCounts>;

const ContactLine = (max: number) => plainText(0, max).transform((text) => text || null).nullable();
/** A person's details as agents write them; an empty text is none. */
const contactFields = {
  name: ContactLine(100),
  email: z.union([plainText(0, 0).transform(() => null), z.email("no mail address").max(254)]).nullable(),
  phone: ContactLine(40),
  company: ContactLine(100),
};
/** Fields of the agents' own. */
const OwnFields = z.record(plainText(1, 40), ContactLine(500)).refine(
  (fields) => Object.keys(fields).length <= maxContactFields,
  `at most ${maxContactFields}`,
);
const ContactChange = z.object({ ...contactFields, fields: OwnFields }).partial();

/** What agents wrote about a visitor. */
export const ContactSeen = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  company: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
  by: z.string().describe("id of the agent who changed it last"),
  changed: Time,
});
export type ContactSeen = z.infer<typeof ContactSeen>;

/** The body of `PATCH /messages/api/rooms/CONSUMER/visitor`; null, or an empty text, takes a value away. */
export const ContactPatch = z.object({
  ...ContactChange.shape,
  expect: ContactChange.optional().describe("the values before; others than these are a `conflict`"),
});
export type ContactPatch = z.infer<typeof ContactPatch>;

/** What an admin sees of one visitor besides the room. */
export const VisitorFacts = z.object({
  first_seen: Time,
  last_seen: Time,
  conversations: z.int().min(0).describe("1, and one more each time it was resolved and opened again"),
  page: z.string().optional(),
  referrer: z.string().optional(),
  locale: z.string().optional(),
  time_zone: z.string().optional(),
  device: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional().describe(
    "what the visitor's browser says, signed by nobody: anybody may write it",
  ),
  verified_attributes: z.record(z.string(), z.string()).optional().describe(
    "what the host site's server has signed in an identity token",
  ),
  said: VisitorProfile.optional().describe("the visitor's own words, or with `verified` the host site's"),
  contact: ContactSeen.optional().describe("what agents wrote; the visitor does not see it"),
});
export type VisitorFacts = z.infer<typeof VisitorFacts>;

/** Answer to `GET /messages/api/rooms/CONSUMER`. */
export const RoomAndVisitor = z.object({ room: Room, visitor: VisitorFacts });
export type RoomAndVisitor = z.infer<typeof RoomAndVisitor>;

/** The query of `GET /messages/api/search`. */
export const Search = z.object({
  q: z.string().max(200).refine(isStorable, "a broken character").default(""),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type Search = z.infer<typeof Search>;

export const SearchHit = z.object({
  room: Room.describe("without messages"),
  message: Message.describe("of a long one the part around what was found"),
  cut: z.object({ from: z.int(), of: z.int() }).optional().describe(
    "of a part: where it begins in the whole content, and the length of that, in UTF-16",
  ),
  marks: z.array(z.tuple([z.int(), z.int()])).describe(
    "where in the content it was found: from, to, in UTF-16",
  ),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** Answer to `GET /messages/api/search`. */
export const SearchResult = z.object({
  people: z.array(Room).describe("rooms whose visitor has this name, email or id; on the first page alone"),
  messages: z.array(SearchHit).describe("newest first"),
  cursor: z.string().optional().describe("where the next page begins; absent on the last"),
  complete: z.boolean().describe("false while an index is being built: older messages may be missing"),
});
export type SearchResult = z.infer<typeof SearchResult>;

/** One session of an admin. */
export const SessionSeen = z.object({
  id: z.string(),
  created: Time,
  expires: Time,
  agent: z.string().optional(),
  address: z.string().optional(),
  current: z.boolean(),
});
export type SessionSeen = z.infer<typeof SessionSeen>;

/** One blocked visitor. */
export const BlockedVisitor = z.object({ room: Room, blocked: Time });
export type BlockedVisitor = z.infer<typeof BlockedVisitor>;

/** Body of `POST /messages/api/rooms/:consumer/merge`. */
export const MergeRooms = z.object({
  from: Consumer.describe("the visitor whose conversation moves to the end of this one"),
});

export const Block = z.object({ consumer: Consumer });
/** To delete an account its name is typed as a confirmation. */
export const DeleteAccount = z.object({
  username: z.string().max(64).describe("the account's own, typed once more"),
  password: SecondProof,
});
export const BeginExport = z.object({ password: SecondProof });

const Base64Url = (bytes: number) =>
  z.string().regex(/^[A-Za-z0-9_-]+$/).refine(
    (text) => Math.floor(text.length * 3 / 4) === bytes,
    `${bytes} bytes`,
  );

/** A push subscription as a browser's `toJSON()` gives it. */
export const PushSubscription = z.object({
  endpoint: z.url({ protocol: /^https$/, error: "an https:// address" }).max(1_000),
  keys: z.object({ p256dh: Base64Url(65), auth: Base64Url(16) }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;
export const PushEndpoint = z.object({ endpoint: z.string().max(1_000) });

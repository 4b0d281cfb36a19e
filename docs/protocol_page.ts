import { z } from "zod";
import { Chatbot } from "../protocol/chatbot.ts";
import { ClientFrame, ErrorCode, ServerFrame } from "../protocol/frames.ts";
import * as limits from "../protocol/limits.ts";
import { Message, MessageExtra, Room } from "../protocol/records.ts";
import { BeginExport, DeleteAccount } from "../protocol/portal.ts";
import { AcceptInvitation, HandOver, Invite, MemberChange, OwnProfile } from "../protocol/team.ts";
import {
  ChangePassword,
  Login,
  Logout,
  OpenSession,
  RollIdentitySecret,
  Signup,
} from "../protocol/requests.ts";

interface Schema {
  type?: string;
  const?: string;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  default?: unknown;
  description?: string;
}

const schemaOf = (type: z.ZodType) => z.toJSONSchema(type, { unrepresentable: "any", io: "input" }) as Schema;

/** A type as a reader says it. */
function spoken(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.oneOf) return "object by its `type`";
  if (schema.anyOf) return [...new Set(schema.anyOf.map(spoken))].join(" or ");
  if (schema.type === "array") return `list of ${spoken(schema.items ?? {})}`;
  if (schema.type === "object") {
    const names = Object.entries(schema.properties ?? {}).map(([name, field]) => `${name}: ${spoken(field)}`);
    return names.length ? `{ ${names.join(", ")} }` : "object";
  }
  return (schema.type ?? "anything") + bounds(schema);
}

function bounds({ minimum, maximum, minLength, maxLength }: Schema): string {
  const [least, most] = [minimum ?? minLength, maximum ?? maxLength];
  const isSafeInteger = most === Number.MAX_SAFE_INTEGER;
  if (least === undefined && most === undefined) return "";
  return ` (${least ?? 0} to ${most === undefined || isSafeInteger ? "…" : most})`;
}

function table(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const isOptional = !schema.required?.includes(name);
    const said = [isOptional ? "optional" : "", field.description ?? ""].filter(Boolean).join("; ");
    const initial = field.default === undefined ? "" : `, default \`${JSON.stringify(field.default)}\``;
    return `| \`${name}\` | ${spoken(field).replaceAll("|", "\\|")}${initial} | ${said} |`;
  });
  return ["| field | type | |", "|---|---|---|", ...rows].join("\n");
}

/** Some frames have the same fields with several commands; each stands under its command. */
function frames(union: z.ZodType): string {
  const { anyOf, oneOf } = schemaOf(union);
  return (oneOf ?? anyOf ?? []).map((frame) =>
    `### \`${frame.properties?.command?.const}\`\n\n${table(frame)}`
  ).join("\n\n");
}

/** What a message may carry, a table for each type. */
function extras(): string {
  const types = schemaOf(MessageExtra).oneOf ?? [];
  return types.map((type) => `### Extra \`${type.properties?.type?.const}\`\n\n${table(type)}`).join("\n\n");
}

const records: [string, z.ZodType][] = [["Message", Message], ["Room", Room], ["Chatbot", Chatbot]];
const requests: [string, z.ZodType][] = [
  ["POST /accounts/api/signup", Signup],
  ["POST /accounts/api/login", Login],
  ["POST /accounts/api/logout", Logout],
  ["POST /accounts/api/password", ChangePassword],
  ["POST /chatbot/api/NAME/session", OpenSession],
  ["POST /chatbot/api/identity-secret", RollIdentitySecret],
  ["DELETE /messages/api/account", DeleteAccount],
  ["POST /accounts/api/invitations/TOKEN/accept", AcceptInvitation],
  ["POST /messages/api/invitations", Invite],
  ["PATCH /messages/api/members/me", OwnProfile],
  ["PATCH /messages/api/members/ID", MemberChange],
  ["POST /messages/api/owner", HandOver],
  ["POST /messages/api/export", BeginExport],
];

function limitRows(): string {
  const rows = Object.entries(limits).filter(([, value]) => typeof value === "number");
  return ["| limit | value |", "|---|---|", ...rows.map(([name, value]) => `| \`${name}\` | ${value} |`)]
    .join("\n");
}

/** The wire contract as a page, made of the schemas that parse it. */
export function protocolPage(): string {
  const sections = [
    "# Parlor's wire contract",
    "Made of the schemas in `protocol/` by `deno task docs`; a test holds the two together. JSON everywhere, times in " +
    "ISO 8601 UTC with milliseconds. Every path answers with and without a trailing slash.",
    "## Records",
    ...records.map(([name, type]) => `### ${name}\n\n${table(schemaOf(type))}`),
    extras(),
    "## Request bodies",
    ...requests.map(([name, type]) => `### \`${name}\`\n\n${table(schemaOf(type))}`),
    "The last answers `{ ticket, expires }`: `GET /messages/api/export?ticket=…` of the same session is the export, once " +
    "and within a minute. Without a ticket it is while the sign-in is less than 10 minutes old.",
    "## Frames a client sends",
    "A client that offers no subprotocol has `fetch_messages` (without fields) and `new_message` on " +
    "`/ws/chat/<admin>/<consumer>`, `fetch_rooms` (without fields) and `new_room` on `/ws/room/<admin>`. One that " +
    "offers `parlor.v1` has all of these.",
    frames(ClientFrame),
    "## Frames the server sends",
    frames(ServerFrame),
    "## Error codes in frames",
    ErrorCode.options.map((code) => `- \`${code}\``).join("\n"),
    "## Close codes",
    Object.entries(limits.closeCodes).map(([name, code]) => `- ${code} \`${name}\``).join("\n"),
    "## Limits",
    limitRows(),
  ];
  return sections.join("\n\n") + "\n";
}

if (import.meta.main) await Deno.writeTextFile(new URL("protocol.md", import.meta.url), protocolPage());

import { z } from "zod";
import { Assignment } from "./desk.ts";
import { HttpsUrl, Origin } from "./origin.ts";
import { Sla } from "./sla.ts";
import { plainText } from "./text.ts";

const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "a colour as #rrggbb").toLowerCase();

const isTimeZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
};
const isLocale = (tag: string) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/** One weekly opening: ISO weekday (1 Monday … 7 Sunday), local "HH:MM"; `to` is after `from` ("24:00" ends a day). */
export const OpenRange = z.object({
  day: z.int().min(1).max(7),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:MM"),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time as HH:MM"),
}).refine((range) => range.from < range.to, "from must be before to");

const isDate = (text: string) => {
  const date = text.length === 5 ? `2024-${text}` : text;
  return !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
};

/** A day without business hours: `2026-12-24`, or `12-25` for each year. */
export const Holiday = z.string().regex(
  /^(\d{4}-)?\d{2}-\d{2}$/,
  "a date as YYYY-MM-DD, or MM-DD for each year",
)
  .refine(isDate, "no such date");

const PrechatField = z.enum(["off", "optional", "required"]);

/** Who answers visitors: the bot itself, people with its suggestions, or people alone. */
const BotMode = z.enum(["off", "answer", "suggest"]);

/** Id of an answer of the workspace. */
const AnswerId = z.string().regex(/^[a-z0-9]{12}$/, "no such answer");

/** How the bot answers visitors. */
export const BotSettings = z.object({
  mode: BotMode.default("off").describe("suggest: members see what it would answer"),
  when: z.enum(["always", "nobody_here", "outside_hours"]).default("always").describe(
    "when visitors' new conversations go to it",
  ),
  name: plainText(0, 40).default(""),
  avatar_url: z.union([z.literal(""), HttpsUrl]).default(""),
  threshold: z.number().min(0.5).max(0.95).default(0.7).describe("confidence from which it answers"),
  handoff_text: plainText(0, 500).default("").describe(
    "said when it hands over; empty: in the visitor's language",
  ),
  alone_text: plainText(0, 500).default("").describe("said when it hands over and nobody is there"),
  ask_email: z.boolean().default(true).describe("whether it asks for a mail address when nobody is there"),
  suggested: z.array(AnswerId).max(4).default([]).describe("answers that are offered before the first text"),
  llm: z.object({
    use: z.boolean().default(true).describe("only where the operator has set up a language model"),
    check_first: z.boolean().default(false).describe("nothing is shown before the whole text is checked"),
    redact: z.boolean().default(true).describe("mail addresses and numbers of accounts are not sent to it"),
    tokens_per_day: z.int().min(0).max(100_000_000).default(200_000),
    answers_per_visitor: z.int().min(0).max(1_000).default(20).describe("a day"),
  }).prefault({}),
});
export type BotSettings = z.infer<typeof BotSettings>;

/** Every setting of a chatbot, with its default. The public part and the patch are views of this one schema. */
export const ChatbotSettings = z.object({
  title: plainText(1, 80).default("Chat with us"),
  subtitle: plainText(0, 160).default(""),
  greeting: plainText(0, 1_000).default("Hi! How can we help?"),
  away_message: plainText(0, 1_000).default(
    "We are away right now. Leave a message and we will answer here.",
  ),
  accent: Colour.default("#0f766e"),
  position: z.enum(["left", "right"]).default("right"),
  launcher_text: plainText(0, 40).default(""),
  avatar_url: z.union([z.literal(""), HttpsUrl]).default(""),
  locale: z.union([z.literal(""), z.string().max(35).refine(isLocale, "a language tag such as en or pt-BR")])
    .default("").describe("empty: the browser's"),
  prechat: z.object({
    name: PrechatField.default("off"),
    email: PrechatField.default("off"),
  }).prefault({}),
  business_hours: z.object({
    time_zone: z.string().max(64).refine(isTimeZone, "a time zone such as Asia/Kolkata").default("UTC"),
    ranges: z.array(OpenRange).max(70).default([]).describe("none: always open"),
  }).prefault({}),
  holidays: z.array(Holiday).max(100).default([]).describe(
    "closed all day, in the business hours' time zone",
  ),
  away: z.boolean().default(false).describe("the admin has said to be away: visitors see nobody online"),
  rating: z.enum(["on", "off"]).default("on").describe(
    "whether visitors are asked to rate a conversation that a person has answered",
  ),
  assignment: Assignment.default("manual").describe("of conversations without a team"),
  sla: Sla.prefault({}).describe("how soon the team answers, within business hours"),
  bot: BotSettings.prefault({}),
  require_identity: z.boolean().default(false),
  allowed_origins: z.array(Origin).max(100).default([]).describe("none: any site, for visitors only"),
  collect: z.object({
    page: z.boolean().default(true),
    referrer: z.boolean().default(true),
    query: z.boolean().default(false).describe("of page and referrer, what stands behind the question mark"),
    device: z.boolean().default(true),
  }).prefault({}).describe("what the session call may keep of a visitor"),
});
export type ChatbotSettings = z.infer<typeof ChatbotSettings>;

/** Settings that only the chatbot's own admin sees. */
const privateFields = {
  allowed_origins: true,
  assignment: true,
  bot: true,
  collect: true,
  rating: true,
  sla: true,
} as const;

/** Settings that a visitor's browser needs. */
export const ChatbotPublicSettings = ChatbotSettings.omit(privateFields);

/** A chatbot as anyone may read it. */
export const ChatbotPublic = ChatbotPublicSettings.extend({
  username: z.string(),
  bot: BotSettings.pick({ name: true, avatar_url: true }).optional().describe("while it answers visitors"),
});
export type ChatbotPublic = z.infer<typeof ChatbotPublic>;

/** A chatbot as its admin reads it. */
export const Chatbot = ChatbotSettings.extend({ username: z.string(), updated: z.string() });
export type Chatbot = z.infer<typeof Chatbot>;

import { z } from "zod";
import { DeskId } from "./desk.ts";
import { flowLimits, flowPlaceholders } from "./flow_text.ts";
import { LanguageTag } from "./knowledge.ts";
import { HttpsUrl } from "./origin.ts";
import { Time } from "./records.ts";
import { isBlank, plainText } from "./text.ts";

/** Id of a step within its flow. */
export const StepId = z.string().regex(
  /^[a-z][a-z0-9_]{0,31}$/,
  "a small letter, then letters, digits and _",
);
/** Name of a variable. */
const VariableName = z.string().regex(
  /^[a-z][a-z0-9_]{0,31}$/,
  "a small letter, then letters, digits and _; at most 32",
);

/** Text in which `{{name|fallback}}` stands for a variable. It says something without them as well. */
const FlowText = plainText(1, flowLimits.text).superRefine((text, found) => {
  const { rest, wrong } = flowPlaceholders(text);
  if (wrong !== undefined) found.addIssue({ code: "custom", message: `{{${wrong}}} is no variable` });
  else if (isBlank(rest)) found.addIssue({ code: "custom", message: "needs words beside its variables" });
});

const Label = plainText(1, 40);

/** A button below a text: starts an answer or flow, opens a page, or calls a person. */
export const FlowButton = z.object({
  label: Label,
  do: z.union([
    z.strictObject({ answer: DeskId }),
    z.strictObject({ flow: DeskId }),
    z.strictObject({ person: z.literal(true) }),
    // Last: its problem is the one that is reported.
    z.strictObject({ url: HttpsUrl }),
  ]),
});
export type FlowButton = z.infer<typeof FlowButton>;

/** What a visitor has to answer. */
export const AskedAs = z.enum(["text", "email", "phone", "number", "choice"]);
export type AskedAs = z.infer<typeof AskedAs>;

const id = { id: StepId };
const next = { next: StepId.optional().describe("default: the step below; after the last the flow ends") };

export const SayStep = z.object({
  ...id,
  do: z.literal("say"),
  text: FlowText,
  buttons: z.array(FlowButton).max(flowLimits.buttons).optional(),
  ...next,
});
export const AskStep = z.object({
  ...id,
  do: z.literal("ask"),
  text: FlowText,
  into: VariableName.describe("the variable that keeps the answer"),
  as: AskedAs.default("text"),
  choices: z.array(z.object({ label: Label, next: StepId.optional() })).max(flowLimits.buttons).optional()
    .describe("with `choice` alone; a choice's `next` goes before the step's"),
  tries: z.int().min(1).max(5).default(2),
  or: StepId.optional().describe("after so many unusable answers; default: hands over to a person"),
  ...next,
});
export const SetStep = z.object({
  ...id,
  do: z.literal("set"),
  name: VariableName,
  value: plainText(0, flowLimits.value),
  ...next,
});
export const FlowTest = z.union([
  z.object({ hours: z.enum(["open", "closed"]) }).describe("business hours"),
  z.object({ online: z.boolean() }).describe("whether a member of the team is there"),
  z.object({
    language: LanguageTag,
  }),
  z.object({ var: VariableName, is: plainText(0, flowLimits.value) })
    .describe('compared without case; "" is true where the variable is not set'),
]);
export type FlowTest = z.infer<typeof FlowTest>;
export const IfStep = z.object({
  ...id,
  do: z.literal("if"),
  test: FlowTest,
  then: StepId.optional(),
  else: StepId.optional(),
}).describe("`then` and `else` default to the step below");
export const LabelStep = z.object({ ...id, do: z.literal("label"), label: DeskId, ...next });
export const AssignStep = z.object({
  ...id,
  do: z.literal("assign"),
  to: z.union([z.object({ team: DeskId }), z.object({ agent: DeskId })]),
  ...next,
});
export const AnswerStep = z.object({ ...id, do: z.literal("answer"), answer: DeskId });
export const HandOffStep = z.object({
  ...id,
  do: z.literal("handoff"),
  team: DeskId.optional(),
  text: FlowText.optional(),
});
export const EndStep = z.object({ ...id, do: z.literal("end") });

export const Step = z.discriminatedUnion("do", [
  SayStep,
  AskStep,
  SetStep,
  IfStep,
  LabelStep,
  AssignStep,
  AnswerStep,
  HandOffStep,
  EndStep,
]);
export type Step = z.infer<typeof Step>;
export type AskStep = z.infer<typeof AskStep>;

/** What starts a flow: a visitor's text, a button alone, or a visitor's first text. */
export const FlowStart = z.union([
  z.object({ button: z.literal(true) }),
  z.object({ greeting: z.literal(true) }),
  z.object({ phrases: z.array(plainText(1, 300)).min(1, "at least one phrase").max(flowLimits.phrases) }),
]);
export type FlowStart = z.infer<typeof FlowStart>;

/** A step's texts in another language; those left out are shown as the flow has them. */
export const StepTexts = z.object({
  text: FlowText.optional(),
  choices: z.array(Label).max(flowLimits.buttons).optional(),
  buttons: z.array(Label).max(flowLimits.buttons).optional(),
});
export type StepTexts = z.infer<typeof StepTexts>;
const FlowLocales = z.record(LanguageTag, z.record(StepId, StepTexts)).refine(
  (locales) => Object.keys(locales).length <= flowLimits.locales,
  `at most ${flowLimits.locales} languages`,
);

const shape = {
  title: plainText(1, 120),
  start: FlowStart,
  steps: z.array(Step).min(1, "at least one step").max(flowLimits.steps),
  locales: FlowLocales,
  enabled: z.boolean(),
};

/** Body of `POST /messages/api/flows`. */
export const FlowDraft = z.object({
  ...shape,
  locales: shape.locales.default({}),
  enabled: z.boolean().default(true),
});
export type FlowDraft = z.infer<typeof FlowDraft>;

/** Body of `PATCH /messages/api/flows/:id`: refused with `conflict` where `version` is not the stored one. */
export const FlowPatch = z.object({ ...z.object(shape).partial().shape, version: z.int().min(1) });
export type FlowPatch = z.infer<typeof FlowPatch>;

/** A flow as members see it. */
export const FlowSeen = z.object({
  ...shape,
  id: DeskId,
  updated: Time,
  by: z.string().optional().describe("the member who changed it last"),
  version: z.int().min(1),
});
export type FlowSeen = z.infer<typeof FlowSeen>;

/** Answer to `GET /messages/api/flows`, by title. */
export const FlowList = z.object({
  flows: z.array(z.object({
    id: DeskId,
    title: z.string(),
    start: z.enum(["phrases", "button", "greeting"]),
    steps: z.int(),
    enabled: z.boolean(),
    updated: Time,
    version: z.int().min(1),
  })).max(flowLimits.flows),
});
export type FlowList = z.infer<typeof FlowList>;

/** Variables, by name. */
const Variables = z.record(VariableName, z.string().max(flowLimits.value)).refine(
  (vars) => Object.keys(vars).length <= flowLimits.variables,
  `at most ${flowLimits.variables} variables`,
);

/** Where a room is in a flow. `tries`: how often the step, a question, was asked; 0: the step is still to be done. */
export const FlowState = z.object({ step: StepId, vars: Variables, tries: z.int().min(0).max(5) });
export type FlowState = z.infer<typeof FlowState>;

/** What a flow may ask about besides its variables. */
export const FlowWorld = z.object({
  online: z.boolean(),
  hours: z.enum(["open", "closed"]),
  language: z.string().max(35),
});
export type FlowWorld = z.infer<typeof FlowWorld>;

/** Body of `POST /messages/api/flows/try`: one turn of a flow that need not be saved. Without `state` it starts. */
export const FlowTry = z.object({
  flow: FlowDraft,
  state: FlowState.optional(),
  input: z.object({
    text: plainText(0, 4_000).default(""),
    button: z.string().max(32).optional(),
    world: FlowWorld,
  }),
});
export type FlowTry = z.infer<typeof FlowTry>;

/** What a turn of a flow does. `state`: it waits for the visitor there; else it is `done`. */
export interface FlowTurn {
  says: { text: string; buttons?: { id: string; label: string; url?: string }[] }[];
  state?: FlowState;
  done?: "end" | { handoff: { team?: string; text?: string } } | { answer: string };
  effects: ({ label: string } | { assign: { team: string } | { agent: string } })[];
}

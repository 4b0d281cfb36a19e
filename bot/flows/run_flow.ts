import { filledFlowText, flowLimits } from "../../protocol/flow_text.ts";
import type {
  AskStep,
  FlowDraft,
  FlowState,
  FlowTest,
  FlowTurn,
  FlowWorld,
  Step,
  StepTexts,
} from "../../protocol/flows.ts";
import { maxContentLength } from "../../protocol/limits.ts";
import { askAgain } from "./words.ts";
import { compared, cut, readAnswer } from "./read_answer.ts";

/** What a flow needs for a turn. */
export type RunnableFlow = Pick<FlowDraft, "steps" | "locales">;

/** What a turn of a flow begins with. */
export interface FlowInput {
  text: string;
  button?: string;
  world: FlowWorld;
  /** `name`, `email` and `phone` as they are known without asking. They are not kept, and the flow's own variables win. */
  given?: Readonly<Record<string, string>>;
}

interface Run {
  flow: RunnableFlow;
  vars: Record<string, string>;
  texts: Record<string, StepTexts>;
  input: FlowInput;
  says: FlowTurn["says"];
  effects: FlowTurn["effects"];
}

/** Where a turn goes on, waits or ends. */
type Outcome = { to: string | undefined } | { wait: number } | { done: NonNullable<FlowTurn["done"]> };

/** Before the first step. `vars`: what is known already. */
export function flowStart(flow: RunnableFlow, vars: FlowState["vars"] = {}): FlowState {
  return { step: flow.steps[0]!.id, vars, tries: 0 };
}

/**
 * One turn of a flow: from `state` to the next question or the end. Never throws; a state that does not fit the flow,
 * and a flow of too many steps, hand over to a person.
 */
export function runFlow(flow: RunnableFlow, state: FlowState, input: FlowInput): FlowTurn {
  const texts = textsIn(flow, input.world.language);
  const run: Run = { flow, vars: { ...state.vars }, texts, input, says: [], effects: [] };
  const { says, effects } = run;
  let at: string | undefined = state.step, { tries } = state;
  for (let n = 0; n < flowLimits.stepsPerTurn; n++, tries = 0) {
    const index = flow.steps.findIndex(({ id }) => id === at);
    if (index < 0) break;
    const outcome = doStep(run, index, tries);
    if ("wait" in outcome) {
      return { says, effects, state: { step: flow.steps[index]!.id, vars: run.vars, tries: outcome.wait } };
    }
    if ("done" in outcome) return { says, effects, done: outcome.done };
    if (outcome.to === undefined) return { says, effects, done: "end" };
    at = outcome.to;
  }
  return { says, effects, done: { handoff: {} } };
}

function doStep(run: Run, index: number, tries: number): Outcome {
  const step = run.flow.steps[index]!, below = run.flow.steps[index + 1]?.id;
  switch (step.do) {
    case "say":
      run.says.push(said(run, step));
      return { to: step.next ?? below };
    case "ask":
      return ask(run, step, { tries, below });
    case "set":
      setVariable(run, step.name, filledFlowText(step.value, known(run)));
      return { to: step.next ?? below };
    case "if":
      return { to: (holds(run, step.test) ? step.then : step.else) ?? below };
    case "label":
      run.effects.push({ label: step.label });
      return { to: step.next ?? below };
    case "assign":
      run.effects.push({ assign: step.to });
      return { to: step.next ?? below };
    case "answer":
      return { done: { answer: step.answer } };
    case "handoff": {
      const text = step.text === undefined ? {} : { text: filled(run, step.id, step.text) };
      return { done: { handoff: { ...(step.team !== undefined && { team: step.team }), ...text } } };
    }
    case "end":
      return { done: "end" };
    default:
      return step satisfies never;
  }
}

/** Asks, reads the answer to what was asked before, or asks again. */
function ask(run: Run, step: AskStep, { tries, below }: { tries: number; below?: string }): Outcome {
  const shown = run.texts[step.id]?.choices ?? [];
  const answer = tries === 0 ? undefined : readAnswer(step, run.input, shown);
  if (answer) {
    setVariable(run, step.into, answer.value);
    return {
      to: (answer.choice === undefined ? undefined : step.choices?.[answer.choice]?.next) ?? step.next ??
        below,
    };
  }
  if (tries >= step.tries) return step.or === undefined ? { done: { handoff: {} } } : { to: step.or };
  const text = filled(run, step.id, step.text);
  const again = `${askAgain(step.as, run.input.world.language)}\n\n${text}`;
  const buttons = step.as === "choice"
    ? (step.choices ?? []).map(({ label }, i) => ({ id: `choice:${i}`, label: shown[i] ?? label }))
    : [];
  run.says.push({
    text: tries === 0 ? text : cut(again, maxContentLength),
    ...(buttons.length && { buttons }),
  });
  return { wait: tries + 1 };
}

function said(run: Run, { id, text, buttons = [] }: Extract<Step, { do: "say" }>): FlowTurn["says"][number] {
  const shown = buttons.map(({ label, do: act }, i) => {
    const own = { label: run.texts[id]?.buttons?.[i] ?? label };
    if ("answer" in act) return { id: `answer:${act.answer}`, ...own };
    if ("flow" in act) return { id: `flow:${act.flow}`, ...own };
    return "url" in act ? { id: `url:${i}`, ...own, url: act.url } : { id: "person", ...own };
  });
  return { text: filled(run, id, text), ...(shown.length && { buttons: shown }) };
}

/** A step's text in the visitor's language, with its variables. */
function filled(run: Run, id: string, text: string): string {
  return cut(filledFlowText(run.texts[id]?.text ?? text, known(run)).trim(), maxContentLength);
}

const known = ({ vars, input: { given } }: Run): Readonly<Record<string, string>> => ({ ...given, ...vars });

/** Keeps a value; the variable that was set longest ago goes where there are too many. */
function setVariable({ vars }: Run, name: string, value: string): void {
  delete vars[name];
  vars[name] = cut(value, flowLimits.value);
  for (const oldest of Object.keys(vars).slice(0, -flowLimits.variables)) delete vars[oldest];
}

function holds(run: Run, test: FlowTest): boolean {
  const { world } = run.input;
  if ("hours" in test) return world.hours === test.hours;
  if ("online" in test) return world.online === test.online;
  if ("language" in test) return isLanguage(world.language, test.language);
  const vars = known(run);
  return compared(Object.hasOwn(vars, test.var) ? vars[test.var]! : "") === compared(test.is);
}

/** Whether a language tag is this one, or a regional one of it. */
function isLanguage(tag: string, wanted: string): boolean {
  const [a, b] = [tag.toLowerCase(), wanted.toLowerCase()];
  return a === b || a.startsWith(`${b}-`);
}

/** The texts for a language: of its tag, else of a tag with the same language. */
function textsIn({ locales }: RunnableFlow, language: string): Record<string, StepTexts> {
  const tags = Object.keys(locales), base = language.split("-")[0]!;
  const tag = tags.find((one) => one.toLowerCase() === language.toLowerCase()) ??
    tags.find((one) => isLanguage(one, base));
  return tag === undefined ? {} : locales[tag]!;
}

import { flowLimits, flowPlaceholders, givenVariables } from "../../protocol/flow_text.ts";
import type { FlowDraft, Step } from "../../protocol/flows.ts";
import { waysOf } from "./flow_graph.ts";

type Flow = Pick<FlowDraft, "title" | "start" | "steps" | "locales">;
/** The problem of each wrong field, by its path: `steps.3.next`. */
type Fields = Record<string, string>;

/** What is wrong with a flow as a whole, beyond the shapes of its fields. Each problem names its step. */
export function problemsOf(flow: Flow): Fields {
  const ids = wrongIds(flow.steps);
  // Where a name is wrong, what follows from it would be noise.
  if (Object.keys(ids).length > 0) return ids;
  return {
    ...unreachable(flow.steps),
    ...circles(flow.steps),
    ...wrongParts(flow),
    ...wrongLocales(flow),
    ...tooBig(flow),
  };
}

function wrongIds(steps: readonly Step[]): Fields {
  const found: Fields = {}, ids = steps.map(({ id }) => id);
  steps.forEach(({ id }, at) => {
    if (ids.indexOf(id) < at) found[`steps.${at}.id`] = `another step is called ${JSON.stringify(id)}`;
    for (const { field, to } of waysOf(steps, at)) {
      if (field === undefined || to === undefined || ids.includes(to)) continue;
      found[`steps.${at}.${field}`] = `step ${JSON.stringify(id)} goes to ${
        JSON.stringify(to)
      }, and there is no such step`;
    }
  });
  return found;
}

function unreachable(steps: readonly Step[]): Fields {
  const reached = new Set<string>(), open = [steps[0]!.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOf(steps, indexOf(steps, id)).flatMap(({ to }) => to ?? []));
  }
  return Object.fromEntries(
    steps.flatMap(({ id }, at) =>
      reached.has(id) ? [] : [[`steps.${at}.id`, `no step leads to ${JSON.stringify(id)}`]]
    ),
  );
}

/** Ways back that pass no question: such a flow would never wait for its visitor. */
function circles(steps: readonly Step[]): Fields {
  const found: Fields = {}, path: number[] = [], done = new Set<number>();
  const visit = (at: number): void => {
    if (done.has(at) || steps[at]!.do === "ask") return;
    path.push(at);
    for (const { field = "id", to } of waysOf(steps, at)) {
      if (to === undefined) continue;
      const next = indexOf(steps, to);
      if (path.includes(next)) found[`steps.${at}.${field}`] = goesBack(steps[at]!.id, to);
      else visit(next);
    }
    path.pop();
    done.add(at);
  };
  steps.forEach((_, at) => visit(at));
  return found;
}

const goesBack = (id: string, to: string) =>
  `step ${JSON.stringify(id)} goes back to ${
    JSON.stringify(to)
  } without a question on the way: it would never end`;

const indexOf = (steps: readonly Step[], id: string) => steps.findIndex((step) => step.id === id);

/** Choices, buttons and variables. */
function wrongParts({ steps }: Flow): Fields {
  const found: Fields = {}, known = variablesOf(steps);
  if (known.size > flowLimits.variables) {
    found.steps = `at most ${flowLimits.variables} variables, and these are ${known.size}`;
  }
  for (const name of givenVariables) known.add(name);
  steps.forEach((step, at) => {
    const problem = (field: string, text: string) =>
      found[`steps.${at}.${field}`] ??= `step ${JSON.stringify(step.id)}: ${text}`;
    if (step.do === "ask") checkChoices(step, problem);
    if (step.do === "say" && repeats(step.buttons?.map((one) => JSON.stringify(one.do)) ?? [])) {
      problem("buttons", "two buttons do the same");
    }
    if (step.do === "if" && "var" in step.test) checkNames([step.test.var], "test.var");
    if ("text" in step && step.text !== undefined) checkNames(flowPlaceholders(step.text).names, "text");
    if (step.do === "set") checkNames(flowPlaceholders(step.value).names, "value");

    function checkNames(names: readonly string[], field: string): void {
      const unknown = names.find((name) => !known.has(name));
      if (unknown !== undefined) {
        problem(field, `no step asks for or sets ${JSON.stringify(unknown.slice(0, 64))}`);
      }
    }
  });
  return found;
}

function checkChoices(
  { as, choices = [] }: Extract<Step, { do: "ask" }>,
  problem: (field: string, text: string) => void,
): void {
  if (as === "choice" && choices.length === 0) problem("choices", "needs at least one choice");
  if (as !== "choice" && choices.length > 0) {
    problem("choices", "choices are for questions that offer a choice");
  }
  if (repeats(choices.map(({ label }) => label.toLowerCase()))) {
    problem("choices", "two choices are called the same");
  }
}

/** Every variable that a flow asks for or sets. */
function variablesOf(steps: readonly Step[]): Set<string> {
  return new Set(steps.flatMap((step) => step.do === "ask" ? step.into : step.do === "set" ? step.name : []));
}

function wrongLocales({ steps, locales }: Flow): Fields {
  const found: Fields = {}, known = new Set([...variablesOf(steps), ...givenVariables]);
  for (const [tag, texts] of Object.entries(locales)) {
    for (const [id, { text = "", choices = [] }] of Object.entries(texts)) {
      const problem = (wrong: string) => found[`locales.${tag}.${id}`] = wrong;
      if (indexOf(steps, id) < 0) problem(`there is no step ${JSON.stringify(id)}`);
      else if (repeats(choices.map((label) => label.toLowerCase()))) {
        problem("two choices are called the same");
      }
      const unknown = flowPlaceholders(text).names.find((name) => !known.has(name));
      if (unknown !== undefined) problem(`no step asks for or sets ${JSON.stringify(unknown.slice(0, 64))}`);
    }
  }
  return found;
}

const repeats = (names: readonly string[]) => new Set(names).size < names.length;

function tooBig({ title, start, steps, locales }: Flow): Fields {
  const { length } = new TextEncoder().encode(JSON.stringify({ title, start, steps, locales }));
  return length <= flowLimits.bytes
    ? {}
    : { "": `a flow takes at most ${flowLimits.bytes / 1024} KiB, and this one ${Math.ceil(length / 1024)}` };
}

import assert from "node:assert/strict";
import { problemsOf } from "../../../chat/flows/check_flow.ts";
import { starterFlows } from "../../../chat/flows/starters.ts";
import { starterWords } from "../../../chat/flows/starter_words.ts";
import { flowLimits } from "../../../protocol/flow_text.ts";
import { FlowDraft } from "../../../protocol/flows.ts";

const say = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  do: "say",
  text: `I am ${id}`,
  ...more,
});
const ask = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  do: "ask",
  text: `${id}?`,
  into: id,
  ...more,
});

function problems(steps: unknown[], more: Record<string, unknown> = {}): Record<string, string> {
  return problemsOf(FlowDraft.parse({ title: "A flow", start: { button: true }, steps, ...more }));
}

Deno.test("targets must be steps, and the problem names the step and its field", () => {
  assert.deepEqual(problems([say("a", { next: "z" })]), {
    "steps.0.next": 'step "a" goes to "z", and there is no such step',
  });
  const test = { online: true };
  assert.deepEqual(Object.keys(problems([{ id: "i", do: "if", test, then: "x", else: "y" }])), [
    "steps.0.then",
    "steps.0.else",
  ]);
  const choices = [{ label: "A" }, { label: "B", next: "x" }];
  assert.deepEqual(Object.keys(problems([ask("q", { as: "choice", choices, or: "y" })])), [
    "steps.0.choices.1.next",
    "steps.0.or",
  ]);
  assert.deepEqual(problems([say("a"), say("a")]), { "steps.1.id": 'another step is called "a"' });
});

Deno.test("every step must be reachable", () => {
  assert.deepEqual(problems([say("a", { next: "c" }), say("b"), say("c")]), {
    "steps.1.id": 'no step leads to "b"',
  });
  assert.deepEqual(Object.keys(problems([{ id: "end", do: "end" }, say("b"), say("c")])), [
    "steps.1.id",
    "steps.2.id",
  ]);
  const choices = [{ label: "A", next: "a" }, { label: "B", next: "b" }];
  const split = [ask("q", { as: "choice", choices }), say("a", { next: "end" }), say("b"), {
    id: "end",
    do: "end",
  }];
  assert.deepEqual(problems(split), {});
  const every = [ask("q", { as: "choice", choices: [{ label: "A", next: "a" }] }), say("b"), say("a")];
  assert.deepEqual(problems(every), { "steps.1.id": 'no step leads to "b"' }, "each choice goes elsewhere");
});

Deno.test("a way back passes a question", () => {
  const back = problems([say("a"), say("b", { next: "a" })]);
  assert.deepEqual(back, {
    "steps.1.next": 'step "b" goes back to "a" without a question on the way: it would never end',
  });
  assert.deepEqual(Object.keys(problems([say("a", { next: "a" })])), ["steps.0.next"]);
  assert.deepEqual(problems([ask("a"), say("b", { next: "a" })]), {});
  const loop = [
    ask("q"),
    { id: "i", do: "if", test: { online: true }, then: "s", else: "q" },
    say("s", { next: "i" }),
  ];
  assert.deepEqual(Object.keys(problems(loop)), ["steps.2.next"], "a question elsewhere does not help");
});

Deno.test("variables are asked for or set somewhere in the flow", () => {
  assert.deepEqual(problems([say("a", { text: "Hi {{nmae|you}}" })]), {
    "steps.0.text": 'step "a": no step asks for or sets "nmae"',
  });
  assert.deepEqual(
    problems([say("a", { text: "Hi {{name|you}} {{ email }}" })]),
    {},
    "what visitors have given",
  );
  assert.deepEqual(Object.keys(problems([{ id: "i", do: "if", test: { var: "plan", is: "x" } }])), [
    "steps.0.test.var",
  ]);
  const many = Array.from({ length: 21 }, (_, i) => ask(`q${i}`));
  assert.deepEqual(problems(many), { steps: "at most 20 variables, and these are 21" });
  for (const text of ["{{a b}}", "{{1+1}}", "{{}}", "{{name|Ada}}"]) {
    assert.equal(
      FlowDraft.safeParse({ title: "A", start: { button: true }, steps: [say("a", { text })] }).success,
      false,
      text,
    );
  }
});

Deno.test("choices stand with questions that offer them, each once", () => {
  assert.deepEqual(Object.keys(problems([ask("q", { as: "choice" })])), ["steps.0.choices"]);
  assert.deepEqual(Object.keys(problems([ask("q", { choices: [{ label: "A" }] })])), ["steps.0.choices"]);
  const twice = [{ label: "Yes" }, { label: "yes" }];
  assert.deepEqual(Object.keys(problems([ask("q", { as: "choice", choices: twice })])), ["steps.0.choices"]);
});

Deno.test("other languages speak of the flow's steps", () => {
  const locales = (es: unknown) => problems([say("a")], { locales: { es } });
  assert.deepEqual(locales({ a: { text: "Hola" } }), {});
  assert.deepEqual(locales({ b: { text: "Hola" } }), { "locales.es.b": 'there is no step "b"' });
  assert.deepEqual(locales({ a: { text: "Hola {{x}}" } }), {
    "locales.es.a": 'no step asks for or sets "x"',
  });
});

Deno.test("a flow fits into a record of any engine", () => {
  const long = "漢".repeat(1_000);
  const steps = Array.from({ length: flowLimits.steps }, (_, i) => say(`s${i}`, { text: long }));
  assert.deepEqual(problems(steps), { "": "a flow takes at most 48 KiB, and this one 89" });
  const tooMany = FlowDraft.safeParse({
    title: "A",
    start: { button: true },
    steps: [...steps, say("more")],
  });
  assert.equal(tooMany.success, false);
});

Deno.test("the ready flows are valid in each language", () => {
  assert.ok(Object.keys(starterWords).includes("ar"));
  for (const language of [...Object.keys(starterWords), "pt-BR", "xx", ""]) {
    const flows = starterFlows(language);
    assert.equal(flows.length, 3);
    for (const flow of flows) {
      assert.deepEqual(problemsOf(FlowDraft.parse(flow)), {}, `${language}: ${flow.title}`);
    }
  }
  assert.equal(starterFlows("ar-EG")[0]!.title, starterWords.ar!.contact.title);
});

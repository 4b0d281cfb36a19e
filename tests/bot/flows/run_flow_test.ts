import assert from "node:assert/strict";
import fc from "fast-check";
import { flowStart, runFlow } from "../../../bot/flows/run_flow.ts";
import { problemsOf } from "../../../chat/flows/check_flow.ts";
import { flowLimits } from "../../../protocol/flow_text.ts";
import { FlowDraft, FlowState, type FlowTurn } from "../../../protocol/flows.ts";
import { Button } from "../../../protocol/records.ts";
import { isStorable } from "../../../protocol/text.ts";
import { anyFlow, anyInput, anyState } from "./any_flow.ts";

const world = { online: true, hours: "open" as const, language: "en" };

function flowOf(...steps: unknown[]): FlowDraft {
  return FlowDraft.parse({ title: "A flow", start: { button: true }, steps });
}

/** All turns of a visitor who says these texts, one after the other; the first starts the flow. */
function talk(
  flow: FlowDraft,
  texts: (string | { button: string })[],
  inWorld: Partial<typeof world> = {},
): FlowTurn[] {
  assert.deepEqual(problemsOf(flow), {});
  const turns: FlowTurn[] = [];
  let state: FlowState | undefined = flowStart(flow);
  for (const said of texts) {
    assert.ok(state, "the flow has ended");
    const input = typeof said === "string" ? { text: said } : { text: "pressed", ...said };
    turns.push(runFlow(flow, state, { ...input, world: { ...world, ...inWorld } }));
    state = turns.at(-1)!.state;
  }
  return turns;
}

const last = (turns: FlowTurn[]) => turns.at(-1)!;
const texts = (turn: FlowTurn) => turn.says.map(({ text }) => text);

Deno.test("what is known of the visitor fills texts and tests, is not kept, and gives way to an answer", () => {
  const flow = flowOf(
    { id: "known", do: "if", test: { var: "email", is: "" }, then: "ask", else: "hi" },
    { id: "hi", do: "say", text: "Hello {{name|there}}, we write to {{email}}." },
    { id: "ask", do: "ask", text: "Which name, {{name|stranger}}?", into: "name" },
    { id: "bye", do: "say", text: "Then {{name}} it is." },
  );
  const given = { name: "Ada", email: "ada@a.example" }, input = { text: "", world, given };
  const first = runFlow(flow, flowStart(flow), input);
  assert.deepEqual(texts(first), ["Hello Ada, we write to ada@a.example.", "Which name, Ada?"]);
  assert.deepEqual(first.state!.vars, {});
  const second = runFlow(flow, first.state!, { ...input, text: "Lovelace" });
  assert.deepEqual(texts(second), ["Then Lovelace it is."]);
  assert.deepEqual(texts(runFlow(flow, flowStart(flow), { text: "", world })), ["Which name, stranger?"]);
});

Deno.test("a question keeps its answer, which later texts name", () => {
  const flow = flowOf(
    { id: "ask", do: "ask", text: "Your name?", into: "name" },
    { id: "say", do: "say", text: "Hello {{ name }}, {{order|no order}}, {{email}}!" },
    { id: "set", do: "set", name: "order", value: "of {{name}}" },
    { id: "again", do: "say", text: "It is {{order|none}}" },
  );
  const [asked, said] = talk(flow, ["hi", " Ada {{order}} "]);
  assert.deepEqual(texts(asked!), ["Your name?"]);
  assert.deepEqual(asked!.state, { step: "ask", vars: {}, tries: 1 });
  assert.deepEqual(texts(said!), ["Hello Ada {{order}}, no order, !", "It is of Ada {{order}}"]);
  assert.equal(said!.done, "end");
});

Deno.test("an answer that is none is asked for again, then the flow goes elsewhere", () => {
  const steps = [
    { id: "mail", do: "ask", as: "email", text: "Your address?", into: "email", or: "sorry" },
    { id: "thanks", do: "say", text: "Thanks, {{email}}", next: "done" },
    { id: "sorry", do: "say", text: "Never mind" },
    { id: "done", do: "end" },
  ];
  const turns = talk(flowOf(...steps), ["hi", "no", "never"]);
  assert.deepEqual(texts(turns[1]!), ["That does not look like an email address.\n\nYour address?"]);
  assert.deepEqual(texts(turns[2]!), ["Never mind"]);
  assert.equal(last(turns).done, "end");
  assert.deepEqual(texts(last(talk(flowOf(...steps), ["hi", "no", "it is Ada@Example.com."]))), [
    "Thanks, Ada@Example.com",
  ]);
  const { or: _, ...unhelped } = steps[0] as Record<string, unknown>;
  const alone = flowOf({ ...unhelped, tries: 1 });
  assert.deepEqual(last(talk(alone, ["hi", "no"])).done, { handoff: {} });
  assert.match(
    texts(talk(flowOf(unhelped), ["hi", "nein"], { language: "de-AT" })[1]!)[0]!,
    /^Das sieht nicht/,
  );
});

Deno.test("answers are read as what was asked for", () => {
  const value = (as: string, text: string) => {
    const flow = flowOf({ id: "q", do: "ask", as, text: "?!a", into: "v4", tries: 1 }, {
      id: "s",
      do: "say",
      text: "={{v4}}",
    });
    return last(talk(flow, ["hi", text])).says[0]?.text.slice(1);
  };
  assert.equal(value("number", "order no. 1042, please"), "1042");
  assert.equal(value("number", "٤٢"), "42");
  assert.equal(value("number", "-1,5"), "-1,5");
  assert.equal(value("number", "3 or 4"), undefined);
  assert.equal(value("number", "three"), undefined);
  assert.equal(value("phone", "call +49 (30) 123-45.67"), "+49301234567");
  assert.equal(value("phone", "+٤٤ ٢٠ ٧٩٤٦ ٠٠٠٠"), "+442079460000");
  assert.equal(value("phone", "12345"), undefined);
  assert.equal(value("email", "a@b.co and c@d.co"), undefined);
  assert.equal(value("email", "jörg@bücher.example"), "jörg@bücher.example");
  assert.equal(value("email", "ada@localhost"), undefined);
  assert.equal(value("text", " \u200b "), undefined);
  assert.equal(value("text", "\u{1f600}".repeat(300))?.length, flowLimits.value);
});

Deno.test("a choice is pressed, named in any way, or counted", () => {
  const flow = FlowDraft.parse({
    title: "Colours",
    start: { phrases: ["colour"] },
    steps: [
      {
        id: "colour",
        do: "ask",
        as: "choice",
        text: "Which?",
        into: "colour",
        choices: [{ label: "Crème", next: "cream" }, { label: "Blue" }],
      },
      { id: "blue", do: "say", text: "{{colour}} it is", next: "end" },
      { id: "cream", do: "say", text: "Sold out: {{colour}}" },
      { id: "end", do: "end" },
    ],
    locales: {
      es: { colour: { text: "¿Cuál?", choices: ["Crema", "Azul"] }, blue: { text: "Será {{colour}}" } },
    },
  });
  const answered = (said: string | { button: string }, language = "en") =>
    texts(last(talk(flow, ["hi", said], { language })))[0];
  assert.deepEqual(talk(flow, ["hi"])[0]!.says, [{
    text: "Which?",
    buttons: [{ id: "choice:0", label: "Crème" }, { id: "choice:1", label: "Blue" }],
  }]);
  assert.deepEqual(
    talk(flow, ["hi"], { language: "es-MX" })[0]!.says[0]!.buttons!.map(({ label }) => label),
    ["Crema", "Azul"],
  );
  assert.equal(answered({ button: "choice:1" }), "Blue it is");
  assert.equal(answered(" creme!"), "Sold out: Crème");
  assert.equal(answered("2"), "Blue it is");
  assert.equal(answered("azul", "es"), "Será Blue");
  assert.equal(answered("AZUL", "en"), "Please choose one of these.\n\nWhich?");
  assert.equal(answered({ button: "choice:7" }), "Please choose one of these.\n\nWhich?");
});

Deno.test("conditions look at hours, at who is there, at the language and at variables", () => {
  const goes = (
    test: unknown,
    inWorld: Partial<{ online: boolean; hours: "open" | "closed"; language: string }> = {},
  ) => {
    const flow = flowOf(
      { id: "set", do: "set", name: "plan", value: "Gold" },
      { id: "if", do: "if", test, then: "yes", else: "no" },
      { id: "yes", do: "label", label: "abcdefghijkl", next: "end" },
      { id: "no", do: "say", text: "no" },
      { id: "end", do: "end" },
    );
    return talk(flow, ["hi"], inWorld as typeof world)[0]!.effects.length === 1;
  };
  assert.ok(goes({ hours: "open" }) && !goes({ hours: "closed" }));
  assert.ok(goes({ online: false }, { online: false }) && !goes({ online: false }));
  assert.ok(
    goes({ language: "pt" }, { language: "pt-BR" }) && !goes({ language: "pt-BR" }, { language: "pt" }),
  );
  assert.ok(goes({ var: "plan", is: "gold" }) && !goes({ var: "plan", is: "" }));
  assert.ok(goes({ var: "email", is: "" }));
});

Deno.test("a flow may label and assign, and end with an answer or a person", () => {
  const [team, answer] = ["teamteamteam", "answeranswer"];
  const flow = flowOf(
    { id: "label", do: "label", label: "labellabel12" },
    { id: "assign", do: "assign", to: { team } },
    {
      id: "buttons",
      do: "say",
      text: "See",
      buttons: [
        { label: "Returns", do: { answer } },
        { label: "Site", do: { url: "https://shop.example" } },
        { label: "A person", do: { person: true } },
      ],
    },
    { id: "if", do: "if", test: { online: true }, then: "handoff" },
    { id: "answer", do: "answer", answer },
    { id: "handoff", do: "handoff", team, text: "One moment, {{name|friend}}" },
  );
  const here = talk(flow, ["hi"])[0]!;
  assert.deepEqual(here.effects, [{ label: "labellabel12" }, { assign: { team } }]);
  assert.deepEqual(here.done, { handoff: { team, text: "One moment, friend" } });
  assert.deepEqual(here.says[0]!.buttons, [
    { id: `answer:${answer}`, label: "Returns" },
    { id: "url:1", label: "Site", url: "https://shop.example" },
    { id: "person", label: "A person" },
  ]);
  assert.deepEqual(talk(flow, ["hi"], { online: false })[0]!.done, { answer });
});

Deno.test("a room whose step is gone is handed over", () => {
  const turn = runFlow(flowOf({ id: "a", do: "end" }), { step: "gone", vars: {}, tries: 1 }, {
    text: "hi",
    world,
  });
  assert.deepEqual(turn.done, { handoff: {} });
});

/** What holds for every turn, whatever the flow. */
function checkTurn(turn: FlowTurn): void {
  assert.notEqual(turn.state === undefined, turn.done === undefined);
  if (turn.state) FlowState.parse(turn.state);
  assert.ok(turn.says.length <= flowLimits.stepsPerTurn);
  for (const { text, buttons = [] } of turn.says) {
    assert.ok(text.length > 0 && text.length <= 4_000 && isStorable(text));
    for (const button of buttons) Button.parse(button);
  }
}

Deno.test("any valid flow, with any input, waits for the visitor or ends", () => {
  let valid = 0;
  fc.assert(
    fc.property(
      anyFlow,
      anyState,
      fc.array(anyInput, { minLength: 1, maxLength: 8 }),
      (flow, begun, inputs) => {
        const isValid = Object.keys(problemsOf(flow)).length === 0;
        if (isValid) valid++;
        let state: FlowState | undefined = isValid ? flowStart(flow, begun.vars) : begun;
        const asks = flow.steps.filter((step) => step.do === "ask").map(({ id }) => id);
        for (const input of inputs) {
          if (!state) break;
          const before: string = JSON.stringify(state);
          const turn: FlowTurn = runFlow(flow, state, input);
          assert.equal(JSON.stringify(state), before, "its state is not changed");
          assert.deepEqual(runFlow(flow, state, input), turn, "a repeated turn says the same");
          checkTurn(turn);
          if (turn.state) assert.ok(asks.includes(turn.state.step), "it waits at a question alone");
          if (isValid) assert.ok(turn.says.length <= flow.steps.length, "no step is done twice in a turn");
          state = turn.state;
        }
      },
    ),
    { numRuns: 3_000 },
  );
  assert.ok(valid > 200, `${valid} valid flows`);
});

import fc from "fast-check";
import { FlowDraft, type FlowState } from "../../../protocol/flows.ts";

const names = ["a", "order", "constructor", "email", "v4"];
const name = fc.constantFrom(...names);
const id = "abcdefghijkl";
const text = fc.array(
  fc.oneof(
    fc.constantFrom("Hello", "{{order|none}}", "{{ email }}", "{{constructor}}", "}} {", "\u{1f600}", "سلام"),
    fc.string({ unit: "binary", maxLength: 12 }).map((one) => one.replace(/\0|[{}]/g, "")),
  ),
  { maxLength: 5 },
).map((parts) => `Well: ${parts.join(" ")}`);
const label = fc.constantFrom("Red", "Blue", "Green", "أحمر", "1", "2");
const option = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** A step whose targets are ids of `0` to `count - 1`; most lead on, some back. */
function anyStep(at: number, count: number) {
  const target = option(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: Math.min(at + 1, count - 1), max: count - 1 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: count - 1 }) },
    ).map((to) => `s${to}`),
  );
  const own = { id: fc.constant(`s${at}`) };
  return fc.oneof(
    fc.record({ ...own, do: fc.constant("say"), text, next: target }),
    fc.record({
      ...own,
      do: fc.constant("ask"),
      text,
      into: name,
      as: fc.constantFrom("text", "email", "phone", "number"),
      tries: fc.integer({ min: 1, max: 5 }),
      or: target,
      next: target,
    }),
    fc.record({
      ...own,
      do: fc.constant("ask"),
      text,
      into: name,
      as: fc.constant("choice"),
      choices: fc.uniqueArray(fc.record({ label, next: target }), {
        selector: (one) => one.label,
        minLength: 1,
        maxLength: 6,
      }),
      or: target,
      next: target,
    }),
    fc.record({
      ...own,
      do: fc.constant("set"),
      name,
      value: fc.constantFrom("", "x", "{{order|y}}", "z".repeat(500)),
      next: target,
    }),
    fc.record({
      ...own,
      do: fc.constant("if"),
      test: fc.oneof(
        fc.record({ hours: fc.constantFrom("open", "closed") }),
        fc.record({ online: fc.boolean() }),
        fc.record({ language: fc.constantFrom("en", "pt-BR", "ar") }),
        fc.record({ var: name, is: fc.constantFrom("", "red", "x") }),
      ),
      then: target,
      else: target,
    }),
    fc.record({ ...own, do: fc.constant("label"), label: fc.constant(id), next: target }),
    fc.record({
      ...own,
      do: fc.constant("assign"),
      to: fc.constantFrom({ team: id }, { agent: id }),
      next: target,
    }),
    fc.record({ ...own, do: fc.constant("answer"), answer: fc.constant(id) }),
    fc.record({ ...own, do: fc.constant("handoff"), text: option(text) }),
    fc.record({ ...own, do: fc.constant("end") }),
  );
}

/** Flows that the schema accepts; those that `problemsOf` refuses are among them. */
export const anyFlow: fc.Arbitrary<FlowDraft> = fc.integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => anyStep(at, count))))
  .map((steps) =>
    FlowDraft.parse(JSON.parse(JSON.stringify({ title: "Any", start: { button: true }, steps })))
  );

/** What a visitor sends. */
export const anyInput = fc.record({
  text: fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }).map((one) => one.replaceAll("\0", "")),
    fc.constantFrom(
      "",
      "ada@example.com",
      "+49 30 1234567",
      "٤٢",
      "Red",
      "2",
      "x".repeat(4_000),
      "@".repeat(4_000),
      "{{a}}",
    ),
  ),
  button: option(
    fc.constantFrom("choice:0", "choice:5", "choice:99", "person", "choice:x", "answer:abcdefghijkl"),
  ),
  world: fc.record({
    online: fc.boolean(),
    hours: fc.constantFrom("open" as const, "closed" as const),
    language: fc.constantFrom("en", "ar", "pt-BR", "", "constructor"),
  }),
});

/** Where a room may be left: in this flow, in an earlier version of it, with variables of others. */
export const anyState: fc.Arbitrary<FlowState> = fc.record({
  step: fc.integer({ min: 0, max: 9 }).map((n) => `s${n}`),
  vars: fc.dictionary(fc.integer({ min: 0, max: 30 }).map((n) => `v${n}`), fc.string({ maxLength: 500 }), {
    maxKeys: 20,
  }),
  tries: fc.integer({ min: 0, max: 5 }),
});

import type { Step } from "../../protocol/flows.ts";

/** A way from a step to another: the field that names it. undefined as `to`: the flow ends. */
export interface Way {
  /** `next`, `then`, `else`, `or` or `choices.N.next`; undefined: the step below. */
  field?: string;
  to: string | undefined;
}

/** Where a flow may go after each of its steps. */
export function waysOf(steps: readonly Step[], at: number): Way[] {
  const step = steps[at]!, below = steps[at + 1]?.id;
  const way = (field: string, to: string | undefined): Way =>
    to === undefined ? { to: below } : { field, to };
  switch (step.do) {
    case "say":
    case "set":
    case "label":
    case "assign":
      return [way("next", step.next)];
    case "if":
      return [way("then", step.then), way("else", step.else)];
    case "ask":
      return [...answered(step, way), ...(step.or === undefined ? [] : [way("or", step.or)])];
    case "answer":
    case "handoff":
    case "end":
      return [];
    default:
      return step satisfies never;
  }
}

/** After an answer: each choice's own way, else the question's. */
function answered(
  { choices = [], next }: Extract<Step, { do: "ask" }>,
  way: (field: string, to: string | undefined) => Way,
): Way[] {
  const own = choices.flatMap((choice, i) =>
    choice.next === undefined ? [] : [way(`choices.${i}.next`, choice.next)]
  );
  return choices.length > 0 && own.length === choices.length ? own : [...own, way("next", next)];
}

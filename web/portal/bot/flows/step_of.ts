import type { Step } from "./flow_state.ts";

/** A new step of this kind, under the same name. */
export function stepOf(kind: Step["do"], { id }: Step): Step {
  switch (kind) {
    case "say":
      return { id, do: kind, text: "" };
    case "ask":
      return { id, do: kind, text: "", into: "answer1", as: "text", tries: 2 };
    case "set":
      return { id, do: kind, name: "answer1", value: "" };
    case "if":
      return { id, do: kind, test: { hours: "open" } };
    case "label":
      return { id, do: kind, label: "" };
    case "assign":
      return { id, do: kind, to: { team: "" } };
    case "answer":
      return { id, do: kind, answer: "" };
    case "handoff":
    case "end":
      return { id, do: kind };
    default:
      return kind satisfies never;
  }
}

import { type FlowWord, say } from "./words/flow_words.ts";

/** What the service says of a wrong step, by its form. In English it is shown as it comes. */
const forms: readonly (readonly [RegExp, FlowWord])[] = [
  [/^another step is called "(.*)"$/, "flow_bad_twice"],
  [/^step "(.*)" goes to "(.*)", and there is no such step$/, "flow_bad_target"],
  [/^no step leads to "(.*)"$/, "flow_bad_reach"],
  [/^step "(.*)" goes back to "(.*)" without a question on the way: it would never end$/, "flow_bad_circle"],
  [/^(?:step ".*": )?no step asks for or sets "(.*)"$/, "flow_bad_variable"],
  [/needs at least one choice$/, "flow_bad_no_choice"],
  [/two choices are called the same$/, "flow_bad_choices"],
  [/two buttons do the same$/, "flow_bad_buttons"],
  [/there is no such (?:answer|flow|label|team|agent)$/, "flow_bad_gone"],
  [/^needs words beside its variables$/, "flow_bad_words"],
  [/^another flow is called this$/, "flow_bad_title"],
  [/^"(.*)" greets visitors already; switch that off first$/, "flow_bad_greeting"],
  [/^a small letter, then letters, digits and _/, "flow_bad_name"],
  [/^at least one (?:phrase|step)$/, "flow_bad_empty"],
  [/^(?:is missing|must not be empty|.*at least 1.*)$/, "flow_bad_empty"],
];

/** A problem that the service has found in a flow, in the portal's language where that is known. */
export function problemWords(problem: string): string {
  for (const [form, word] of forms) {
    const found = form.exec(problem);
    if (found) return say(word, { a: found[1] ?? "", b: found[2] ?? "" });
  }
  return problem;
}

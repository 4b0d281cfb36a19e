import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import { h, icon, listen, set } from "../../ui/dom.ts";
import { shapes } from "./shapes.ts";
import type { Words } from "../frame/words.ts";

export interface Profile {
  name?: string;
  email?: string;
}

/** Whether the chatbot asks for anything before the first message. */
export function asksFirst({ prechat }: ChatbotPublic): boolean {
  return prechat.name !== "off" || prechat.email !== "off";
}

/**
 * The form before the first message. `typed` is what stands in it, now and in the one that takes its place when the
 * questions change. `submit` answers what is wrong, by field, or nothing.
 */
export function prechatForm(
  { prechat }: ChatbotPublic,
  words: Words,
  typed: Profile,
  submit: (profile: Profile) => Promise<Record<string, string>>,
): HTMLFormElement {
  const fields = (["name", "email"] as const).filter((name) => prechat[name] !== "off");
  const inputs = new Map(fields.map((name) => [name, fieldOf(name, prechat[name] === "required", words)]));
  const button = h("button", { class: "main" }, words.say("start"));
  const problem = h("p", { class: "refused", role: "alert" });
  const form = h(
    "form",
    { class: "form", novalidate: true },
    h("p", {}, words.say("intro")),
    ...[...inputs.values()].map(({ element }) => element),
    button,
    problem,
  );
  for (const [name, { input }] of inputs) {
    input.value = typed[name] ?? "";
    listen(input, { input: () => typed[name] = input.value });
  }
  let isOnItsWay = false;
  const complain = (wrong: Record<string, string>) => {
    for (const [name, field] of inputs) field.complain(wrong[name] ?? "");
    problem.textContent = wrong[""] ?? "";
    const first = fields.find((name) => wrong[name]);
    if (first) inputs.get(first)!.input.focus();
  };
  return listen(form, {
    async submit(event) {
      event.preventDefault();
      if (isOnItsWay) return;
      const wrong = Object.fromEntries(
        fields.map((name) => [name, check(name, inputs.get(name)!.input, words)]),
      );
      complain(wrong);
      if (Object.values(wrong).some(Boolean)) return;
      isOnItsWay = true;
      // Not `disabled`: that would take the focus from the button.
      set(button, { "aria-disabled": "true" });
      complain(
        await submit(
          Object.fromEntries(fields.map((name) => [name, inputs.get(name)!.input.value.trim() || undefined])),
        ),
      );
      isOnItsWay = false;
      set(button, { "aria-disabled": false });
    },
  });
}

function fieldOf(name: "name" | "email", required: boolean, words: Words) {
  const input = h("input", {
    id: name,
    name,
    type: name === "email" ? "email" : "text",
    autocomplete: name,
    required,
    maxlength: name === "email" ? 254 : 100,
    "aria-describedby": `${name}_problem`,
  });
  const problem = h("p", { class: "refused", id: `${name}_problem` });
  const label = h("label", { for: name }, words.say(name), " ");
  if (!required) label.append(h("span", {}, `(${words.say("optional")})`));
  return {
    input,
    element: h("div", {}, label, input, problem),
    complain(text: string) {
      problem.replaceChildren(...text ? [icon(shapes.wrong), text] : []);
      set(input, { "aria-invalid": text !== "" && "true" });
    },
  };
}

function check(name: string, input: HTMLInputElement, words: Words): string {
  const text = input.value.trim();
  if (!text) return input.required ? words.say("needed") : "";
  return name === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? words.say("no_email") : "";
}

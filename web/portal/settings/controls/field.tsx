import type { ComponentChildren } from "preact";
import { sentence } from "../words/settings_words.ts";

/** Properties of every field. `path` is the service's name of it, such as `prechat.email`. */
export interface FieldProps {
  path: string;
  label: string;
  hint?: string;
  problem?: string;
}

export const idOf = (path: string) => `set-${path.replaceAll(".", "-")}`;

/** Attributes that associate a control with its hint and its problem. */
export function ties({ path, hint, problem }: Omit<FieldProps, "label">) {
  const id = idOf(path);
  const by = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return {
    "aria-describedby": by || undefined,
    "aria-invalid": problem ? "true" as const : undefined,
  };
}

/** The lines under a control: its problem, then its hint. */
export function Notes({ path, hint, problem }: Omit<FieldProps, "label">) {
  const id = idOf(path);
  return (
    <>
      {problem && <p id={`${id}-problem`} class="set-problem">{sentence(problem)}</p>}
      {hint && <p id={`${id}-hint`} class="set-hint">{hint}</p>}
    </>
  );
}

/** A labelled control with its notes. */
export function Field({ children, ...field }: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="set-field">
      <label for={idOf(field.path)}>{field.label}</label>
      {children}
      <Notes {...field} />
    </div>
  );
}

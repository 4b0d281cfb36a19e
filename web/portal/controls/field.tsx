import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface FieldProps extends Omit<JSX.IntrinsicElements["input"], "label"> {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** Error message. */
  problem?: string;
  /** Rendered in the input's line, after it. */
  after?: ComponentChildren;
}

/** An input with label, hint and error message; screen readers announce all three with it. */
export function Field({ label, hint, problem, after, class: more, ...rest }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field ${more ?? ""}`}>
      <label for={id}>{label}</label>
      <div class="field-line">
        <input
          id={id}
          {...rest as object}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described || undefined}
        />
        {after}
      </div>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {problem && <p class="problem" id={`${id}-problem`}>{problem}</p>}
    </div>
  );
}

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  set(value: string): void;
}

/** A labelled choice of one. */
export function Pick({ label, value, options, set }: PickProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="bot-select">
        <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
          {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
        </select>
      </span>
    </div>
  );
}

interface AreaProps {
  label: string;
  value: string;
  hint?: ComponentChildren;
  set(value: string): void;
}

/** A labelled text of several lines. */
export function Area({ label, value, hint, set }: AreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        dir="auto"
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** A labelled box to tick. */
export function Check({ label, on, set }: { label: string; on: boolean; set(on: boolean): void }) {
  return (
    <label class="flow-check">
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} /> {label}
    </label>
  );
}

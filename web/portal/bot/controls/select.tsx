import { useId } from "preact/hooks";

interface SelectProps<Value extends string> {
  label: string;
  /** The label is for screen readers only. */
  isBare?: boolean;
  hint?: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  disabled?: boolean;
  onChange(value: Value): void;
}

/** One of several, as a list that opens. */
export function Select<Value extends string>(
  { label, isBare, hint, options, value, disabled, onChange }: SelectProps<Value>,
) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={isBare ? "spoken" : undefined}>{label}</label>
      <span class="bot-select">
        <select
          id={id}
          value={value}
          disabled={disabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
        >
          {options.map(([option, text]) => <option key={option} value={option}>{text}</option>)}
        </select>
      </span>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

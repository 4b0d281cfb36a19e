import { useId } from "preact/hooks";

/** A radio group as segmented buttons. */
export function Segments<Value extends string>({ label, hint, options, value, disabled, onChange }: {
  label: string;
  hint?: string;
  options: readonly (readonly [Value, string])[];
  value: Value | undefined;
  disabled?: boolean;
  onChange(value: Value): void;
}) {
  const id = useId();
  return (
    <div class="field">
      <span class="bot-label" aria-hidden="true">{label}</span>
      <div
        class="bot-segments"
        role="radiogroup"
        aria-label={label}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        {options.map(([option, text]) => (
          <label key={option}>
            <input
              type="radio"
              name={id}
              checked={option === value}
              disabled={disabled}
              onChange={() => onChange(option)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

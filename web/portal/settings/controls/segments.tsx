import type { ties } from "./field.tsx";

/** A radio group as segmented buttons. */
export function Segments<Value extends string>({ name, label, options, value, onChange, tied }: {
  name: string;
  label: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  onChange(value: Value): void;
  /** Attributes that associate it with its hint and problem. */
  tied?: ReturnType<typeof ties>;
}) {
  return (
    <div class="set-segments" role="radiogroup" aria-label={label} {...tied}>
      {options.map(([option, text], i) => (
        <label key={option}>
          <input
            type="radio"
            id={i === 0 ? name : undefined}
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}

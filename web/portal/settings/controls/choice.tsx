import { type FieldProps, idOf, Notes, ties } from "./field.tsx";
import { Segments } from "./segments.tsx";

/** A radio group. */
export function Choice<Value extends string>(
  { options, value, onChange, ...field }: FieldProps & {
    options: readonly (readonly [Value, string])[];
    value: Value;
    onChange(value: Value): void;
  },
) {
  return (
    <div class="set-field">
      <span class="set-label" aria-hidden="true">{field.label}</span>
      <Segments
        name={idOf(field.path)}
        label={field.label}
        {...{ options, value, onChange }}
        tied={ties(field)}
      />
      <Notes {...field} />
    </div>
  );
}

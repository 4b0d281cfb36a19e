import { Field, type FieldProps, idOf, ties } from "../../controls/field.tsx";

/** One of several, as a list that opens. */
export function Select<Value extends string>({ options, value, onChange, ...field }: FieldProps & {
  options: readonly (readonly [Value, string])[];
  value: Value;
  onChange(value: Value): void;
}) {
  return (
    <Field {...field}>
      <select
        class="set-input"
        id={idOf(field.path)}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
        {...ties(field)}
      >
        {options.map(([option, label]) => <option key={option} value={option}>{label}</option>)}
      </select>
    </Field>
  );
}

import { type FieldProps, idOf, Notes, ties } from "./field.tsx";

/** On or off. */
export function Switch(
  { isOn, isDisabled, onChange, ...field }: FieldProps & {
    isOn: boolean;
    isDisabled?: boolean;
    onChange(isOn: boolean): void;
  },
) {
  const id = idOf(field.path);
  return (
    <div class="set-switch">
      <input
        type="checkbox"
        role="switch"
        id={id}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        {...ties(field)}
      />
      <div>
        <label for={id}>{field.label}</label>
        <Notes {...field} />
      </div>
    </div>
  );
}

import type { ComponentChildren } from "preact";

interface ChecksProps {
  label: string;
  options: readonly { id: string; label: ComponentChildren }[];
  chosen: readonly string[];
  set(chosen: string[]): void;
}

/** Check boxes of which any number may be set. */
export function Checks({ label, options, chosen, set }: ChecksProps) {
  const toggle = (id: string, isOn: boolean) =>
    set(isOn ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <fieldset class="set-checks">
      <legend class="set-label">{label}</legend>
      {options.map(({ id, label }) => (
        <label class="set-check" key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
          />
          <bdi>{label}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

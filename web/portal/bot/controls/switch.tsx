import { useId } from "preact/hooks";

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  disabled?: boolean;
  set(on: boolean): void;
}

/** A switch of a form. A part of its own: sharing the first load's would cut that into more files. */
export function Switch({ label, hint, on, disabled, set }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-line">
      <div>
        <label for={id}>{label}</label>
        {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        class="switch"
        checked={on}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </div>
  );
}

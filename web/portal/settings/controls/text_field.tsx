import { Field, type FieldProps, idOf, ties } from "./field.tsx";

type Written = FieldProps & { value: string; onChange(value: string): void };
interface More {
  type?: "text" | "url" | "password";
  dir?: "ltr";
  placeholder?: string;
  list?: string;
  autocomplete?: string;
  autocapitalize?: string;
  spellcheck?: boolean;
}

/** One line of text. */
export function TextField({ path, label, hint, problem, value, onChange, ...more }: Written & More) {
  return (
    <Field {...{ path, label, hint, problem }}>
      <input
        type="text"
        dir="auto"
        {...more as object}
        class="set-input"
        id={idOf(path)}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
        {...ties({ path, hint, problem })}
      />
    </Field>
  );
}

/** Several lines of text. */
export function LongField(
  { rows = 3, placeholder, isCode = false, value, onChange, ...field }: Written & {
    rows?: number;
    placeholder?: string;
    isCode?: boolean;
  },
) {
  return (
    <Field {...field}>
      <textarea
        class={isCode ? "set-input set-code" : "set-input"}
        id={idOf(field.path)}
        rows={rows}
        dir={isCode ? "ltr" : "auto"}
        placeholder={placeholder}
        spellcheck={!isCode}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
        {...ties(field)}
      />
    </Field>
  );
}

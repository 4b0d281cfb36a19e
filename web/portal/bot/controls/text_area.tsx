import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { locale } from "../../words/words.ts";

interface TextAreaProps {
  label: string;
  hint?: ComponentChildren;
  problem?: string;
  value: string;
  rows?: number;
  /** Characters, which are counted as the text comes close to it. */
  max?: number;
  disabled?: boolean;
  lang?: string;
  onChange(value: string): void;
  onBlur?(): void;
}

/** Several lines of text. */
export function TextArea(
  { label, hint, problem, value, rows = 4, max, disabled, lang, onChange, onBlur }: TextAreaProps,
) {
  const id = useId();
  const isClose = max !== undefined && value.length > max * 0.9;
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  const number = new Intl.NumberFormat(locale());
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        dir="auto"
        lang={lang}
        value={value}
        readOnly={disabled}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        onBlur={onBlur}
      />
      {(hint || isClose) && (
        <p class="hint bot-under" id={`${id}-hint`}>
          <span>{hint}</span>
          {isClose && <span class="bot-count">{number.format(value.length)} / {number.format(max)}</span>}
        </p>
      )}
      {problem && <p class="problem" id={`${id}-problem`}>{problem}</p>}
    </div>
  );
}

import { contrast, isColour, textOn } from "../../../ui/accent.ts";
import { Field, type FieldProps, idOf, ties } from "./field.tsx";
import { locale, say } from "../words/settings_words.ts";

/** Least contrast of a button against the page (WCAG 1.4.11). */
const enoughForButtons = 3;
const paper = "#fbfaf8";

/** A colour, by picker or by code, with its contrast. */
export function ColourField({ value, onChange, ...field }: FieldProps & {
  value: string;
  onChange(value: string): void;
}) {
  const seen = isColour(value) ? value : "#000000";
  return (
    <Field {...field}>
      <div class="set-row">
        <input
          class="set-swatch"
          type="color"
          aria-label={say("set_pick_colour")}
          value={seen}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <input
          class="set-input set-code set-short"
          id={idOf(field.path)}
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value.trim())}
          {...ties(field)}
        />
        {isColour(value) && <Sample colour={value} />}
      </div>
      {isColour(value) && contrast(value, paper) < enoughForButtons && (
        <p class="set-hint">{say("set_accent_pale")}</p>
      )}
    </Field>
  );
}

function Sample({ colour }: { colour: string }) {
  const text = textOn(colour);
  const ratio = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(contrast(colour, text));
  return (
    <span class="set-sample" style={{ background: colour, color: text }}>
      {say("set_contrast", { ratio })}
    </span>
  );
}

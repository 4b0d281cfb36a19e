import type { ComponentChildren } from "preact";
import type { SectionName } from "../section_list.ts";
import { say } from "../words/settings_words.ts";

/** A page of the settings. */
export function Section({ name, children }: { name: SectionName; children: ComponentChildren }) {
  return (
    <section class="set-section" aria-labelledby="set-heading">
      <h2 id="set-heading" tabindex={-1}>{say(`set_${name}`)}</h2>
      <p class="set-intro">{say(`set_${name}_intro`)}</p>
      {children}
    </section>
  );
}

/** A group of fields on it. */
export function Group({ title, children }: { title?: string; children: ComponentChildren }) {
  return (
    <div class="set-group">
      {title && <h3>{title}</h3>}
      {children}
    </div>
  );
}

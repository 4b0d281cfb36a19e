import { useEditor } from "./state/editor.ts";
import { Icon, shapes } from "./controls/icon.tsx";
import { addressOf, type SectionName, sectionOf, sections } from "./section_list.ts";
import { say } from "./words/settings_words.ts";

/** The list of sections, with a mark at those with unsaved changes. */
export function Contents({ present }: { present: SectionName }) {
  const { draft } = useEditor();
  const changed = Object.keys(draft.patch.value).map(sectionOf);
  return (
    <nav class="set-contents" aria-label={say("set_title_page")}>
      <p class="set-contents-title" aria-hidden="true">{say("set_title_page")}</p>
      <ul>
        {sections.map(({ name }) => (
          <li key={name}>
            <a href={addressOf(name)} aria-current={name === present ? "page" : undefined}>
              <Icon shape={shapes[name]} />
              {say(`set_${name}`)}
              {changed.includes(name) && (
                <>
                  <span class="set-mark" />
                  <span class="spoken">{say("set_unsaved")}</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

import { useEditor } from "./state/editor.ts";
import { Icon, shapes } from "./controls/icon.tsx";
import type { Role } from "../service/workspace.ts";
import { addressOf, groupsFor, type SectionName, sectionOf } from "./section_list.ts";
import { say } from "./words/settings_words.ts";

/** The list of sections that this member may use, with a mark at those with unsaved changes. */
export function Contents({ present, role }: { present: SectionName; role: Role | undefined }) {
  const { draft } = useEditor();
  const changed = Object.keys(draft.patch.value).map(sectionOf);
  return (
    <nav class="set-contents" aria-label={say("set_title_page")}>
      {[...groupsFor(role)].map(([group, sections]) => (
        <div class="set-contents-group" key={group}>
          <p class="set-contents-title" id={`set-part-${group}`}>{say(`set_part_${group}`)}</p>
          <ul aria-labelledby={`set-part-${group}`}>
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
        </div>
      ))}
    </nav>
  );
}

import { useLive } from "../../../service/live_context.ts";
import { Choice } from "../../controls/choice.tsx";
import { Group, Section } from "../../controls/section.tsx";
import { addressOf } from "../../section_list.ts";
import { useEditor } from "../../state/editor.ts";
import { say } from "../../words/settings_words.ts";

/** How conversations without a team find their agent, and how many each agent takes. */
export function AssignmentSection() {
  const { draft } = useEditor();
  const { team } = useLive();
  const { assignment } = draft.now.value!;
  return (
    <Section name="assignment">
      <Group>
        <Choice
          path="assignment"
          label={say("set_assignment_without_team")}
          hint={say(`set_assignment_${assignment}_hint`)}
          problem={draft.wrong.value.assignment}
          options={[["manual", say("set_assignment_manual")], ["balanced", say("set_assignment_balanced")]]}
          value={assignment}
          onChange={(value) => draft.set({ assignment: value })}
        />
      </Group>
      <Group title={say("set_capacity")}>
        <p class="set-hint">
          {say("set_capacity_hint")} <a href={addressOf("members")}>{say("set_members")}</a>
        </p>
        <ul class="set-list">
          {team.members.value.filter(({ role }) => role !== "observer").map(({ id, name, capacity }) => (
            <li key={id}>
              <strong dir="auto">{name}</strong>
              <span class="set-hint">{capacity}</span>
            </li>
          ))}
        </ul>
      </Group>
    </Section>
  );
}

import type { ChatbotSettings } from "../../../protocol/chatbot.ts";
import { service } from "../service.ts";
import { useDesk } from "./desk.ts";
import { Group, Section } from "./section.tsx";
import { say } from "./settings_words.ts";
import { Switch } from "./switch.tsx";

type Collect = ChatbotSettings["collect"];

/** What is kept of visitors, and how to take everything along. */
export function DataSection() {
  const { draft, username } = useDesk();
  const { collect } = draft.now.value!;
  const field = (name: keyof Collect) => (
    <Switch
      path={`collect.${name}`}
      label={say(`set_collect_${name}`)}
      hint={say(`set_collect_${name}_hint`)}
      problem={draft.wrong.value[`collect.${name}`]}
      isOn={collect[name]}
      onChange={(value) => draft.set({ collect: { ...collect, [name]: value } })}
    />
  );
  return (
    <Section name="data">
      <Group title={say("set_group_collect")}>
        {field("page")}
        {field("referrer")}
        {field("query")}
        {field("device")}
      </Group>
      <Group title={say("set_group_export")}>
        <p class="set-hint">{say("set_export_hint")}</p>
        <p>
          <a class="set-button" href={`${service}/messages/api/export?account=${username}`} download>
            {say("set_export")}
          </a>
        </p>
      </Group>
    </Section>
  );
}

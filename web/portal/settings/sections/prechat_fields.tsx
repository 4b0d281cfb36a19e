import type { ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { Choice } from "../controls/choice.tsx";
import { useEditor } from "../state/editor.ts";
import { Group } from "../controls/section.tsx";
import { addressOf } from "../section_list.ts";
import { say } from "../words/settings_words.ts";
import { Switch } from "../controls/switch.tsx";

type Prechat = ChatbotSettings["prechat"];
const options = ["off", "optional", "required"] as const;

/** Fields of the form before the first message. */
export function PrechatFields() {
  const { draft } = useEditor();
  const { prechat, require_identity } = draft.now.value!;
  const field = (name: keyof Prechat) => (
    <Choice
      path={`prechat.${name}`}
      label={say(`set_prechat_${name}`)}
      problem={draft.wrong.value[`prechat.${name}`]}
      options={options.map((option) => [option, say(`set_${option}`)] as const)}
      value={prechat[name]}
      onChange={(value) => draft.set({ prechat: { ...prechat, [name]: value } })}
    />
  );
  return (
    <Group title={say("set_group_before")}>
      {field("name")}
      {field("email")}
      <Switch
        path="require_identity"
        label={say("set_require_identity")}
        hint={say("set_require_identity_hint")}
        problem={draft.wrong.value.require_identity}
        isOn={require_identity}
        onChange={(value) => draft.set({ require_identity: value })}
      />
      {require_identity && (
        <p class="set-hint">
          <a href={addressOf("identity")}>{say("set_require_identity_link")}</a>
        </p>
      )}
    </Group>
  );
}

import type { ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { useAttempt } from "../state/attempt.ts";
import { useEditor } from "../state/editor.ts";
import { usePasswordDialog } from "./password_dialog.tsx";
import { exportAddress, exportPath } from "../state/settings_calls.ts";
import { Group, Section } from "../controls/section.tsx";
import { say } from "../words/settings_words.ts";
import { Switch } from "../controls/switch.tsx";

type Collect = ChatbotSettings["collect"];

/** What is stored about visitors, and the export. */
export function DataSection() {
  const { draft } = useEditor();
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
        <Export />
      </Group>
    </Section>
  );
}

/** A link, since it is a download; followed once the service has issued a ticket. */
function Export() {
  const editor = useEditor();
  const { problem, isBusy, attempt } = useAttempt();
  const { dialog, withPassword } = usePasswordDialog({ yes: say("set_download") });
  const follow = (event: Event) => {
    event.preventDefault();
    void attempt(() => withPassword(async (password) => download(await exportAddress(editor, password))));
  };
  return (
    <>
      <p>
        <a
          class="set-button"
          href={exportPath(editor)}
          download
          aria-disabled={isBusy.value}
          onClick={follow}
        >
          {say("set_export")}
        </a>
      </p>
      <p class="set-problem" role="alert">{problem.value}</p>
      {dialog}
    </>
  );
}

function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

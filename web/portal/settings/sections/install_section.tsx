import { useMemo } from "preact/hooks";
import { browserStorage } from "../../../client/key_value_storage.ts";
import { uuidV7 } from "../../../client/uuid_v7.ts";
import { service } from "../../service/service.ts";
import { CopyLine } from "../controls/copy_line.tsx";
import { useEditor } from "../state/editor.ts";
import { originLines } from "../state/origins.ts";
import { Group, Section } from "../controls/section.tsx";
import { say } from "../words/settings_words.ts";
import { LongField } from "../controls/text_field.tsx";

/** How to install the widget, and the allowed sites. */
export function InstallSection() {
  const { workspace } = useEditor();
  const test = useMemo(() => `${service}/chatbot/${workspace}/${testerOf(workspace)}`, [workspace]);
  return (
    <Section name="install">
      <Group title={say("set_group_embed")}>
        <CopyLine path="embed" label={say("set_embed")} text={embedLine(workspace)} />
        <p class="set-hint">{say("set_embed_hint")}</p>
        <p>
          <a class="set-button" href={test} target="_blank" rel="noopener">{say("set_test_page")}</a>
        </p>
      </Group>
      <Group title={say("set_group_origins")}>
        <Origins />
      </Group>
    </Section>
  );
}

function Origins() {
  const { draft } = useEditor();
  const origins = draft.now.value!.allowed_origins;
  const isKept = draft.text.value !== undefined && originLines(draft.text.value).join() === origins.join();
  const problems = Object.entries(draft.wrong.value)
    .filter(([field]) => field.startsWith("allowed_origins"))
    .map(([field, problem]) => {
      const line = Number(field.split(".")[1]);
      return Number.isNaN(line) ? problem : say("set_origin_line", { line: line + 1, problem });
    });
  return (
    <LongField
      path="allowed_origins"
      label={say("set_allowed_origins")}
      hint={say("set_allowed_origins_hint")}
      problem={problems.join("\n")}
      placeholder="https://www.example.com"
      rows={Math.max(3, origins.length + 1)}
      isCode
      value={isKept ? draft.text.value! : origins.join("\n")}
      onChange={(text) => {
        draft.text.value = text;
        draft.set({ allowed_origins: originLines(text) });
      }}
    />
  );
}

function embedLine(username: string): string {
  return `<script async src="${service}/widget.js" data-admin="${username}"></script>`;
}

/** The visitor id with which this browser tries the chatbot: stable and unguessable. */
function testerOf(username: string): string {
  const storage = browserStorage("parlor:tester:");
  const known = new Map(storage.entries()).get(username);
  if (known) return known;
  const fresh = uuidV7();
  storage.put(username, fresh);
  return fresh;
}

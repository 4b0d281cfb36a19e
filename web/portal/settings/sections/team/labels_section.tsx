import { useSignal } from "@preact/signals";
import type { LabelSeen } from "../../../../../protocol/desk.ts";
import { useLive } from "../../../service/live_context.ts";
import { ColourField } from "../../controls/colour_field.tsx";
import { Section } from "../../controls/section.tsx";
import { TextField } from "../../controls/text_field.tsx";
import { dropLabel, saveLabel } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { FormDialog } from "./form_dialog.tsx";
import { NamedList } from "./named_list.tsx";

/** A colour for a new label, another one than the last label's. */
const colours = ["#1d4ed8", "#be185d", "#b45309", "#0f766e", "#7c3aed", "#64748b"];

/** What conversations are called by. */
export function LabelsSection() {
  const { team } = useLive();
  return (
    <Section name="labels">
      <NamedList
        all={team.labels.value}
        none={say("set_no_labels")}
        add={say("set_add_label")}
        dropText={say("set_delete_label_text")}
        drop={async ({ id }) => {
          await dropLabel(id);
          await team.loadLabels();
        }}
        row={({ name, colour }) => (
          <>
            <span class="set-dot" style={{ background: colour }} />
            <strong dir="auto">{name}</strong>
          </>
        )}
        form={(one, close) => <LabelDialog one={one} close={close} />}
      />
    </Section>
  );
}

function LabelDialog({ one, close }: { one: LabelSeen | undefined; close(): void }) {
  const { team } = useLive();
  const name = useSignal(one?.name ?? "");
  const colour = useSignal(one?.colour ?? colours[team.labels.value.length % colours.length]!);
  const save = async () => {
    await saveLabel({ name: name.value, colour: colour.value }, one?.id);
    await team.loadLabels();
  };
  return (
    <FormDialog title={one?.name ?? say("set_add_label")} save={save} close={close}>
      {(wrong) => (
        <>
          <TextField
            path="name"
            label={say("set_name")}
            problem={wrong.name}
            value={name.value}
            onChange={(value) => name.value = value}
          />
          <ColourField
            path="colour"
            label={say("set_accent")}
            problem={wrong.colour}
            value={colour.value}
            onChange={(value) => colour.value = value}
          />
        </>
      )}
    </FormDialog>
  );
}

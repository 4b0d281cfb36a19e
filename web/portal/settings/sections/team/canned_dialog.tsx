import { useSignal } from "@preact/signals";
import type { CannedSeen } from "../../../../../protocol/canned.ts";
import { cannedParts, cannedVariables } from "../../../../../protocol/canned_text.ts";
import { useLive } from "../../../service/live_context.ts";
import { roleMay } from "../../../service/roles.ts";
import { idOf } from "../../controls/field.tsx";
import { LongField, TextField } from "../../controls/text_field.tsx";
import { saveCanned } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { FormDialog } from "./form_dialog.tsx";
import { Select } from "./select.tsx";

interface CannedDialogProps {
  one: CannedSeen | undefined;
  onSaved(): Promise<unknown>;
  close(): void;
}

/** A canned reply, with a preview that follows what is typed. */
export function CannedDialog({ one, onSaved, close }: CannedDialogProps) {
  const { team } = useLive();
  const code = useSignal(one?.code ?? ""),
    title = useSignal(one?.title ?? ""),
    text = useSignal(one?.text ?? "");
  const scope = useSignal<CannedSeen["scope"]>(one?.scope ?? "own");
  const teamId = useSignal(one?.team ?? team.teams.value[0]?.id);
  const isManager = roleMay(team.you.value?.role, "content");
  const scopes = (["own", "team", "all"] as const).filter((value) =>
    value !== "team" || team.teams.value.length > 0
  );
  const save = async () => {
    const isTeams = scope.value === "team";
    const values = { code: code.value, title: title.value, text: text.value, scope: scope.value };
    await saveCanned({ ...values, ...(isTeams && { team: teamId.value }) }, one?.id);
    await onSaved();
  };
  return (
    <FormDialog title={one ? `/${one.code}` : say("set_add_canned")} save={save} close={close} isWide>
      {(wrong) => (
        <>
          <TextField
            path="code"
            label={say("set_code")}
            hint={say("set_code_hint")}
            problem={wrong.code}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            value={code.value}
            onChange={(value) => code.value = value}
          />
          <TextField
            path="title"
            label={say("set_canned_title")}
            problem={wrong.title}
            value={title.value}
            onChange={(value) => title.value = value}
          />
          <LongField
            path="text"
            label={say("set_canned_text")}
            hint={say("set_canned_text_hint")}
            problem={wrong.text}
            rows={4}
            value={text.value}
            onChange={(value) => text.value = value}
          />
          <Variables insert={(variable) => insertAtCursor(variable, (value) => text.value = value)} />
          <Preview text={text.value} />
          {isManager && (
            <Select
              path="scope"
              label={say("set_scope")}
              problem={wrong.scope}
              options={scopes.map((value) => [value, say(`set_scope_${value}`)] as const)}
              value={scope.value}
              onChange={(value) => scope.value = value}
            />
          )}
          {scope.value === "team" && (
            <Select
              path="team"
              label={say("set_team")}
              problem={wrong.team}
              options={team.teams.value.map(({ id, name }) => [id, name] as const)}
              value={teamId.value ?? ""}
              onChange={(value) => teamId.value = value}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

/** Inserts into the text where the cursor is, which then stands after it. */
function insertAtCursor(variable: string, set: (text: string) => void): void {
  const area = document.getElementById(idOf("text")) as HTMLTextAreaElement;
  area.setRangeText(variable, area.selectionStart, area.selectionEnd, "end");
  set(area.value);
  area.focus();
}

function Variables({ insert }: { insert(variable: string): void }) {
  const all = [...cannedVariables.map((name) => `{{${name}}}`), `{{ask:${say("set_question")}}}`];
  return (
    <div class="set-row set-variables" role="group" aria-label={say("set_variables")}>
      {all.map((variable) => (
        <button
          type="button"
          key={variable}
          class="set-variable"
          dir="ltr"
          onClick={() => insert(variable)}
        >
          {variable}
        </button>
      ))}
    </div>
  );
}

/** The reply as a visitor would read it; what is asked for when it is inserted stands in brackets. */
function Preview({ text }: { text: string }) {
  const { team, workspace } = useLive();
  const values: Record<string, string> = {
    "visitor.name": say("set_sample_visitor"),
    "visitor.email": "ada@example.com",
    "visitor.phone": "+44 113 496 0121",
    "visitor.company": "Example",
    "agent.name": team.you.value?.name ?? workspace,
    "page.title": say("set_sample_page"),
    "page.url": `${location.origin}/`,
    "room.id": "3f2a9c",
  };
  const parts = cannedParts(text);
  return (
    <div class="set-note" role="group" aria-label={say("set_preview")}>
      <p class="set-hint">{say("set_preview")}</p>
      <p class="set-bubble" dir="auto">
        {parts.map((part, i) => {
          if (part.type === "text") return part.text;
          if (part.type === "variable") return <mark key={i}>{values[part.name]}</mark>;
          if (part.type === "ask") return <mark key={i}>[{part.fallback ?? part.label}]</mark>;
          return <mark key={i} class="set-problem">{`{{${part.name}}}`}</mark>;
        })}
      </p>
      {parts.some(({ type }) => type === "unknown") && (
        <p class="set-problem" role="status">{say("set_unknown_variable")}</p>
      )}
    </div>
  );
}

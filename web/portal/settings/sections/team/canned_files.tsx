import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { CannedImport } from "../../../../../protocol/canned.ts";
import { CallFailed } from "../../../service/calls.ts";
import { service } from "../../../service/service.ts";
import { Group } from "../../controls/section.tsx";
import { useAttempt } from "../../state/attempt.ts";
import { useEditor } from "../../state/editor.ts";
import { importCanned } from "../../state/team_calls.ts";
import { say, sentence } from "../../words/settings_words.ts";

/** Wrong lines that are shown; the rest is a number. */
const mostShown = 20;

/** Canned replies as a file for spreadsheets: out, and in after a look at what it would change. */
export function CannedFiles({ onImported }: { onImported(): Promise<unknown> }) {
  const editor = useEditor();
  const file = useRef<File | undefined>(undefined), input = useRef<HTMLInputElement>(null);
  const report = useSignal<CannedImport | undefined>(undefined);
  const { problem, isBusy, attempt } = useAttempt();
  const run = (isDryRun: boolean) =>
    attempt(async () => {
      try {
        report.value = await importCanned(file.current!, isDryRun);
      } catch (error) {
        const said = error instanceof CallFailed ? Object.values(error.fields)[0] : undefined;
        if (said === undefined) throw error;
        throw new CallFailed(400, "invalid_file", said);
      }
      if (!report.value.imported) return;
      editor.announce(say("set_imported"));
      await onImported();
    });
  const choose = (chosen: File | undefined) => {
    file.current = chosen;
    report.value = undefined;
    if (chosen) void run(true);
    if (input.current) input.current.value = "";
  };
  const query = new URLSearchParams({ account: editor.username, workspace: editor.workspace });
  const wrong = report.value?.rows.filter(({ outcome }) => outcome === "wrong") ?? [];
  return (
    <Group title={say("set_files")}>
      <p class="set-hint">{say("set_files_hint")}</p>
      <div class="set-actions">
        <label class="set-button set-file">
          {say("set_import")}
          <input
            ref={input}
            type="file"
            accept=".csv,text/csv"
            class="spoken"
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
          />
        </label>
        <a class="set-button" href={`${service}/messages/api/canned.csv?${query}`} download>
          {say("set_export_canned")}
        </a>
      </div>
      {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
      {report.value && (
        <div class="set-note" role="status">
          <p>{summaryOf(report.value)}</p>
          {wrong.length > 0 && (
            <ul class="set-lines">
              {wrong.slice(0, mostShown).map(({ line, code, fields = {} }) => (
                <li key={line} class="set-problem">
                  {say("set_line", { n: line })} <bdi>{code}</bdi>:{" "}
                  {Object.entries(fields).map(([field, text]) =>
                    sentence(field ? `${field}: ${text}` : text)
                  ).join("; ")}
                </li>
              ))}
            </ul>
          )}
          {wrong.length === 0 && !report.value.imported && (
            <div class="set-actions">
              <button type="button" class="set-button" onClick={() => report.value = undefined}>
                {say("set_cancel")}
              </button>
              <button
                type="button"
                class="set-button set-main"
                aria-disabled={isBusy.value}
                onClick={() => void run(false)}
              >
                {say("set_import_now")}
              </button>
            </div>
          )}
        </div>
      )}
    </Group>
  );
}

function summaryOf({ rows, imported }: CannedImport): string {
  const n = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  const values = { added: n("new"), changed: n("changed"), same: n("same"), wrong: n("wrong") };
  if (imported) return say("set_import_done", values);
  return say(values.wrong > 0 ? "set_import_wrong" : "set_import_would", values);
}

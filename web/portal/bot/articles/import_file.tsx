import { useRef, useState } from "preact/hooks";
import type { KnowledgeImport } from "../../../../protocol/knowledge.ts";
import { maxKnowledgeFileBytes } from "../../../../protocol/limits.ts";
import { Button } from "../../controls/button.tsx";
import { CallFailed, uploadFile } from "../../service/calls.ts";
import { useLive } from "../../service/live_context.ts";
import { failureWords } from "../../words/failure_words.ts";
import { say as sayShared } from "../../words/words.ts";
import { toastWithUndo } from "../controls/undo.ts";
import { count, say } from "../words/knowledge_words.ts";

const kinds: Record<string, "csv" | "markdown" | "json"> = {
  csv: "csv",
  md: "markdown",
  markdown: "markdown",
  txt: "markdown",
  json: "json",
};

const types = { csv: "text/csv", markdown: "text/markdown", json: "application/json" };

const kindOf = (name: string) => kinds[name.split(".").at(-1)!.toLowerCase()];

/** A file: what it would change, and then the change. */
export function ImportFile({ as, onImported }: { as: "answers" | "articles"; onImported(): void }) {
  const live = useLive();
  const [file, setFile] = useState<File>(), [report, setReport] = useState<KnowledgeImport>();
  const [problem, setProblem] = useState(""), [isBusy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const run = async (file: File, isDryRun: boolean) => {
    setBusy(true);
    setProblem("");
    try {
      const kind = kindOf(file.name)!;
      const query = new URLSearchParams({ kind, as, ...(isDryRun && { dry_run: "true" }) });
      const report = await uploadFile<KnowledgeImport>(
        `/messages/api/knowledge/import?${query}`,
        file,
        types[kind],
      );
      setReport(report);
      if (!report.imported) return;
      onImported();
      await toastWithUndo(live, say("kn_did", { added: report.added, changed: report.changed }), onImported);
    } catch (error) {
      setProblem(Object.values((error as CallFailed).fields ?? {})[0] ?? failureWords(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = (chosen: File | undefined) => {
    // The same file can be chosen again after it was mended.
    if (input.current) input.current.value = "";
    if (!chosen) return;
    setReport(undefined);
    setFile(chosen);
    if (!kindOf(chosen.name)) return setProblem(say("kn_file_kind"));
    if (chosen.size > maxKnowledgeFileBytes) {
      return setProblem(say("kn_file_large", { max: maxKnowledgeFileBytes / 1024 ** 2 }));
    }
    void run(chosen, true);
  };
  return (
    <section
      class="bot-group"
      aria-labelledby="bot-file"
      onDrop={(event) => {
        event.preventDefault();
        choose(event.dataTransfer?.files[0]);
      }}
    >
      <h2 id="bot-file">{say("kn_file")}</h2>
      <p class="hint">{say("kn_file_text")}</p>
      <div class="buttons">
        <label class="button plain bot-file">
          {say("kn_choose_file")}
          <input
            ref={input}
            type="file"
            accept=".csv,.md,.markdown,.txt,.json"
            class="spoken"
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
          />
        </label>
      </div>
      {problem && <p class="problem" role="alert">{problem}</p>}
      <div role="status">
        {isBusy && !report && file && <p class="hint">{say("kn_reading", { name: file.name })}</p>}
        {report && file && (
          <Report
            {...{ report, isBusy }}
            name={file.name}
            take={() => void run(file, false)}
            leave={() => setReport(undefined)}
          />
        )}
      </div>
    </section>
  );
}

function Report({ report, name, isBusy, take, leave }: {
  report: KnowledgeImport;
  name: string;
  isBusy: boolean;
  take(): void;
  leave(): void;
}) {
  const { added, changed, same, refused, imported } = report;
  if (imported) return <p>{say("kn_did", { added, changed })}</p>;
  return (
    <div class="bot-report">
      <p>{say("kn_would", { name, added, changed, same })}</p>
      {refused.length > 0 && (
        <>
          <p class="problem">{count("kn_refused", refused.length)}</p>
          <ul class="bot-lines">
            {refused.map(({ line, why }, i) => <li key={i}>{say("kn_line", { n: line, problem: why })}</li>)}
          </ul>
        </>
      )}
      {refused.length === 0 && added + changed === 0 && <p>{say("kn_nothing_to_do")}</p>}
      {refused.length === 0 && added + changed > 0 && (
        <div class="buttons">
          <Button onClick={leave}>{sayShared("cancel")}</Button>
          <Button kind="main" busy={isBusy} onClick={take}>{say("kn_import_now")}</Button>
        </div>
      )}
    </div>
  );
}

import { useState } from "preact/hooks";
import type { PagesRead } from "../../../../protocol/knowledge.ts";
import { Button } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { call, CallFailed } from "../../service/calls.ts";
import { useLive } from "../../service/live_context.ts";
import { failureWords } from "../../words/failure_words.ts";
import { TextArea } from "../controls/text_area.tsx";
import { toastWithUndo } from "../controls/undo.ts";
import { problemAt } from "../state/problem_at.ts";
import { say } from "../words/knowledge_words.ts";

const pagesIn = (text: string) => text.split(/\s+/).filter(Boolean);

/** Pages of the sites that the chatbot may be on, which become articles. */
export function ImportSite({ onImported }: { onImported(): void }) {
  const live = useLive();
  const [pages, setPages] = useState(""), [sitemap, setSitemap] = useState("");
  const [report, setReport] = useState<PagesRead>(), [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState(""), [wrong, setWrong] = useState<Record<string, string>>({});
  const read = async () => {
    setBusy(true);
    setProblem("");
    setWrong({});
    setReport(undefined);
    try {
      const asked = { urls: pagesIn(pages), ...(sitemap.trim() && { sitemap: sitemap.trim() }) };
      const report = await call<PagesRead>("POST", "/messages/api/knowledge/pages", asked);
      setReport(report);
      if (report.articles === 0) return;
      onImported();
      await toastWithUndo(live, doneWords(report), onImported);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      setWrong(error.fields);
      const isOfField = Object.keys(error.fields).some((field) => /^(urls|sitemap)/.test(field));
      if (!isOfField) setProblem(Object.values(error.fields)[0] ?? failureWords(error));
    } finally {
      setBusy(false);
    }
  };
  const isAsked = pages.trim() !== "" || sitemap.trim() !== "";
  return (
    <section class="bot-group" aria-labelledby="bot-site">
      <h2 id="bot-site">{say("kn_site")}</h2>
      <p class="hint">{say("kn_site_text")}</p>
      <form
        class="bot-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isAsked && !isBusy) void read();
        }}
      >
        <TextArea
          label={say("kn_pages")}
          hint={say("kn_pages_hint")}
          rows={3}
          value={pages}
          problem={problemAt(wrong, "urls")}
          onChange={setPages}
        />
        <Field
          label={say("kn_sitemap")}
          type="url"
          dir="ltr"
          placeholder="https://www.example.com/sitemap.xml"
          value={sitemap}
          problem={problemAt(wrong, "sitemap")}
          onInput={({ currentTarget }) => setSitemap(currentTarget.value)}
        />
        {problem && <p class="problem" role="alert">{problem}</p>}
        <div class="buttons">
          <Button type="submit" busy={isBusy} aria-disabled={!isAsked}>{say("kn_read_pages")}</Button>
        </div>
      </form>
      <div role="status">
        {isBusy && <p class="hint">{say("kn_reading_pages")}</p>}
        {report && <Report {...report} />}
      </div>
    </section>
  );
}

const doneWords = ({ read, articles }: PagesRead) => say("kn_pages_done", { read, articles });

function Report(report: PagesRead) {
  const { refused, left } = report;
  return (
    <div class="bot-report">
      <p>{doneWords(report)}</p>
      {left > 0 && <p>{say("kn_pages_left", { n: left })}</p>}
      {refused.length > 0 && (
        <>
          <h3>{say("kn_pages_refused")}</h3>
          <ul class="bot-lines">
            {refused.map(({ url, why }) => (
              <li key={url}>
                <bdi>{url}</bdi>: {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

import { Icon } from "../../controls/icon.tsx";
import { useLive } from "../../service/live_context.ts";
import { service } from "../../service/service.ts";
import { PartHead } from "../controls/part_head.tsx";
import { tabPath } from "../tabs.ts";
import { say } from "../words/knowledge_words.ts";
import { ImportFile } from "./import_file.tsx";
import { ImportSite } from "./import_site.tsx";

/** Answers and articles from files and from the own site, and as files. */
export function ImportPage({ tab, onImported }: { tab: "answers" | "articles"; onImported(): void }) {
  const { username, workspace } = useLive();
  const query = new URLSearchParams({ account: username, ...(workspace !== username && { workspace }) });
  return (
    <div class="bot-column">
      <a class="bot-up" href={tabPath(tab)}>
        <Icon shape="back" /> {say("kn_back")}
      </a>
      <PartHead title={say("kn_import_title")} hint={say("kn_import_text")} />
      <div class="bot-groups">
        <ImportFile as={tab} onImported={onImported} />
        <ImportSite onImported={onImported} />
        <section class="bot-group" aria-labelledby="bot-export">
          <h2 id="bot-export">{say("kn_export")}</h2>
          <div class="buttons">
            {(["csv", "json"] as const).map((kind) => (
              <a
                key={kind}
                class="button plain"
                href={`${service}/messages/api/knowledge/export.${kind}?${query}`}
                download
              >
                <Icon shape="down" /> {say(`kn_export_${kind}`)}
              </a>
            ))}
          </div>
        </section>
      </div>
    </div>
  );
}

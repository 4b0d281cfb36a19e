import type { CannedSeen } from "../../../../../protocol/canned.ts";
import { useLive } from "../../../service/live_context.ts";
import { roleMay } from "../../../service/roles.ts";
import { Loaded, useLoaded } from "../../controls/loaded.tsx";
import { Section } from "../../controls/section.tsx";
import { dropCanned, fetchCanned } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { CannedDialog } from "./canned_dialog.tsx";
import { CannedFiles } from "./canned_files.tsx";
import { NamedList } from "./named_list.tsx";

/** Texts that an agent inserts after `/`. */
export function CannedSection() {
  const { team } = useLive();
  const list = useLoaded(fetchCanned);
  const isManager = roleMay(team.you.value?.role, "content");
  return (
    <Section name="canned">
      <Loaded of={list}>
        {(all) => (
          <NamedList
            all={all.map((one) => ({ ...one, name: `/${one.code}` }))}
            none={say("set_no_canned")}
            add={say("set_add_canned")}
            dropText={say("set_delete_canned_text")}
            mayChange={({ scope }) => isManager || scope === "own"}
            drop={async ({ id }) => {
              await dropCanned(id);
              await list.load();
            }}
            row={(one) => <Row one={one} />}
            form={(one, close) => <CannedDialog one={one} onSaved={list.load} close={close} />}
          />
        )}
      </Loaded>
      <CannedFiles onImported={list.load} />
    </Section>
  );
}

function Row({ one: { code, title, text, scope, team: teamId, used } }: { one: CannedSeen }) {
  const { team } = useLive();
  const whose = scope === "team"
    ? team.team(teamId)?.name ?? say("set_scope_team")
    : say(`set_scope_${scope}`);
  return (
    <>
      <strong>
        <bdi>/{code}</bdi>
      </strong>
      <span class="set-tag">
        <bdi>{whose}</bdi>
      </span>
      <p class="set-hint set-cut" dir="auto">{title || text}</p>
      {used > 0 && <p class="set-hint">{say("set_used", { n: used })}</p>}
    </>
  );
}

import { useSignal } from "@preact/signals";
import type { AuditEntry, AuditPage } from "../../../../../protocol/audit.ts";
import { call } from "../../../service/calls.ts";
import { useLive } from "../../../service/live_context.ts";
import { Loaded, useLoaded } from "../../controls/loaded.tsx";
import { Group, Section } from "../../controls/section.tsx";
import { useAttempt } from "../../state/attempt.ts";
import { moment, say } from "../../words/settings_words.ts";

const fetchAudit = (before?: number): Promise<AuditPage> =>
  call("GET", `/messages/api/audit${before === undefined ? "" : `?before=${before}`}`);

/** Acts of members in this workspace, newest first. */
export function AuditSection() {
  const first = useLoaded(() => fetchAudit());
  return (
    <Section name="audit">
      <Group>
        <Loaded of={first}>{(page) => <Entries first={page} />}</Loaded>
      </Group>
    </Section>
  );
}

function Entries({ first }: { first: AuditPage }) {
  const page = useSignal(first);
  const { problem, isBusy, attempt } = useAttempt();
  const more = () =>
    attempt(async () => {
      const next = await fetchAudit(page.value.entries.at(-1)!.n);
      page.value = { entries: [...page.value.entries, ...next.entries], has_more: next.has_more };
    });
  if (page.value.entries.length === 0) return <p class="set-hint">{say("set_audit_none")}</p>;
  return (
    <>
      <ul class="set-list">
        {page.value.entries.map((entry) => <Entry key={entry.n} entry={entry} />)}
      </ul>
      {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
      {page.value.has_more && (
        <div class="set-actions">
          <button type="button" class="set-button" aria-disabled={isBusy.value} onClick={() => void more()}>
            {say("set_audit_more")}
          </button>
        </div>
      )}
    </>
  );
}

function Entry({ entry: { at, by, act, target, detail } }: { entry: AuditEntry }) {
  const { team } = useLive();
  const who = by ? by.name ?? team.member(by.id)?.name ?? by.id : say("set_audit_service");
  const about = target &&
    (team.member(target)?.name ?? team.team(target)?.name ?? team.label(target)?.name ?? target);
  const details = Object.entries(detail ?? {}).map(([name, value]) =>
    `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`
  );
  return (
    <li>
      <div class="set-grow">
        <strong dir="auto">{who}</strong> <code class="set-act" dir="ltr">{act}</code> <bdi>{about}</bdi>
        {details.length > 0 && <p class="set-hint" dir="auto">{details.join(", ")}</p>}
      </div>
      <time class="set-hint" dateTime={at}>{moment(at)}</time>
    </li>
  );
}

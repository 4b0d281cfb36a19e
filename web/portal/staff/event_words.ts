import type { Live } from "../service/live.ts";
import { momentOf } from "../words/times.ts";
import { say, type Word } from "../words/words.ts";
import type { StaffEntry } from "./staff_log.ts";

type Detail = NonNullable<StaffEntry["detail"]>;

const textOf = (value: unknown) => typeof value === "string" ? value : undefined;
const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** What an entry of the staff log says happened. */
export function eventWords({ kind, by, detail = {} }: StaffEntry, live: Live): string {
  const isOwn = by !== undefined && by.id === live.inbox.you.value;
  const who = isOwn
    ? say("you")
    : by?.name ?? (by ? live.team.member(by.id)?.name ?? say("a_colleague") : say("parlor"));
  switch (kind) {
    case "assigned":
      return assignedWords(detail, { who, by: by?.id, live });
    case "labelled":
      return labelledWords(detail, who, live);
    case "snoozed":
      return snoozedWords(detail, who);
    case "unsnoozed":
      return detail.why === "due" || !by ? say("event_woke") : say("event_unsnoozed", { who });
    case "merged":
      return say("event_merged", { who });
    case "sla":
      return say(detail.warning ? "event_due_soon" : "event_overdue");
    case "rated":
      return say("event_rated", { score: String(detail.score ?? "") });
    default:
      return kind;
  }
}

function assignedWords(
  detail: Detail,
  { who, by, live: { team } }: { who: string; by?: string; live: Live },
): string {
  const agent = textOf(detail.agent), toTeam = textOf(detail.team);
  const was = (detail.was ?? {}) as Detail;
  const reasons: Record<string, Word> = { balanced: "event_balanced", reopened: "event_balanced" };
  const why = textOf(detail.why) ?? "";
  const name = agent === undefined ? undefined : team.member(agent)?.name ?? say("a_former_colleague");
  const teamName = toTeam === undefined ? undefined : team.team(toTeam)?.name ?? say("a_team");
  if (agent !== undefined && agent === by) return say("event_took", { who });
  if (name !== undefined && reasons[why]) return say(reasons[why], { name });
  if (name !== undefined) return say("event_assigned", { who, name });
  if (why === "gone" || why === "left") return say("event_back");
  if (teamName !== undefined && textOf(was.team) !== toTeam) {
    return say("event_assigned_team", { who, name: teamName });
  }
  return say("event_unassigned", { who });
}

function labelledWords(detail: Detail, who: string, { team }: Live): string {
  const named = (ids: unknown) =>
    new Intl.ListFormat(document.documentElement.lang).format(
      listOf(ids).map((id) => team.label(id)?.name ?? say("a_former_label")),
    );
  const added = named(detail.add), dropped = named(detail.drop);
  if (added && dropped) return say("event_relabelled", { who, added, dropped });
  return added
    ? say("event_labelled", { who, name: added })
    : say("event_unlabelled", { who, name: dropped });
}

function snoozedWords({ until }: Detail, who: string): string {
  const time = Date.parse(textOf(until) ?? "");
  return Number.isNaN(time) || time > Date.parse("9999-01-01")
    ? say("event_snoozed_reply", { who })
    : say("event_snoozed", { who, when: momentOf(time) });
}

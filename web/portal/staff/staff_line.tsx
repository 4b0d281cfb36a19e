import { Icon, type Shape } from "../controls/icon.tsx";
import { lazy } from "../controls/lazy.tsx";
import { useLive } from "../service/live_context.ts";
import { timeOf } from "../words/times.ts";
import { say } from "../words/words.ts";
import { eventWords } from "./event_words.ts";
import { NoteText } from "./note_text.tsx";
import type { StaffEntry } from "./staff_log.ts";

const shapes: Record<Exclude<StaffEntry["kind"], "note">, Shape> = {
  ...{ assigned: "user", labelled: "tag", snoozed: "moon", unsnoozed: "moon", handed_off: "bot" },
  ...{ merged: "users", sla: "clock", rated: "check" },
};

const HandedOff = lazy(async () => (await import("../assist/handed_off.tsx")).HandedOff, () => null);

/** One entry of the staff log: a note in its colour, anything else as a quiet line. */
export function StaffLine({ entry }: { entry: StaffEntry }) {
  const live = useLive();
  const time = <time dateTime={entry.created}>{timeOf(Date.parse(entry.created))}</time>;
  if (entry.kind !== "note") {
    return (
      <p class="event" data-staff={entry.n}>
        <Icon shape={shapes[entry.kind]} /> {entry.kind === "handed_off"
          ? <HandedOff reason={entry.detail?.reason} />
          : <span>{eventWords(entry, live)}</span>} {time}
      </p>
    );
  }
  const isOwn = entry.by?.id !== undefined && entry.by.id === live.inbox.you.value;
  const name = isOwn ? "" : entry.by?.name ?? live.team.member(entry.by?.id)?.name ?? say("a_colleague");
  return (
    <div class="note" data-staff={entry.n}>
      <header>
        <Icon shape="lock" /> <b>{isOwn ? say("your_note") : say("note_from", { name })}</b>
        <span>{say("note_only_team_short")}</span>
        {time}
      </header>
      <p dir="auto">
        <NoteText text={entry.text ?? ""} mentions={entry.mentions ?? []} />
      </p>
    </div>
  );
}

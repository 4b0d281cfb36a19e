import type { ComponentChildren } from "preact";
import { Icon } from "../controls/icon.tsx";
import { type RoomView, untilReply } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { momentOf } from "../words/times.ts";
import { say, type Word } from "../words/words.ts";
import { Face } from "./face.tsx";
import { openPalette, type PaletteKind } from "./palette_state.ts";

/** Whose a room is, its labels, and until when it is snoozed; each opens what changes it. */
export function RoomProps({ view }: { view: RoomView }) {
  const { team } = useLive();
  const { snoozedUntil } = view, isShared = team.isShared.value;
  const assignee = team.member(view.assignee);
  const labels = view.labels.map((id) => team.label(id)).filter((label) => label !== undefined);
  if (!isShared && team.labels.value.length === 0 && snoozedUntil === undefined) return null;
  const snoozed = snoozedUntil === undefined
    ? say("snooze_off")
    : snoozedUntil >= untilReply
    ? say("snooze_reply")
    : momentOf(snoozedUntil);
  return (
    <dl class="room-props">
      {isShared && (
        <>
          <Prop word="assignee" kind="assign" view={view}>
            {assignee && <Face id={assignee.id} name={assignee.name} avatarUrl={assignee.avatar_url} />}
            <bdi>{assignee?.name ?? say("assign_nobody")}</bdi>
          </Prop>
          <Prop word="team" kind="assign" view={view}>
            <bdi>{team.team(view.team)?.name ?? say("none")}</bdi>
          </Prop>
        </>
      )}
      <Prop word="labels" kind="label" view={view}>
        {labels.length === 0 && <span class="muted">{say("none")}</span>}
        {labels.map(({ id, name, colour }) => (
          <span key={id} class="label-name">
            <span class="label-dot" style={{ "--label": colour }} /> <bdi>{name}</bdi>
          </span>
        ))}
      </Prop>
      <Prop word="snooze" kind="snooze" view={view}>
        <span class={snoozedUntil === undefined ? "muted" : ""}>{snoozed}</span>
      </Prop>
    </dl>
  );
}

interface PropProps {
  word: Word;
  kind: PaletteKind;
  view: RoomView;
  children: ComponentChildren;
}

function Prop({ word, kind, view, children }: PropProps) {
  const { mayWrite } = useLive();
  return (
    <div class="room-prop">
      <dt>{say(word)}</dt>
      <dd>
        {mayWrite.value
          ? (
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => openPalette(kind, [view.consumer])}
            >
              <span class="room-prop-value">{children}</span>
              <Icon shape="chevron" />
            </button>
          )
          : <span class="room-prop-value">{children}</span>}
      </dd>
    </div>
  );
}

import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "../controls/avatar.tsx";
import { Icon } from "../controls/icon.tsx";
import { RowFaces } from "../desk/row_faces.tsx";
import { RowLabels } from "../desk/row_labels.tsx";
import { Wait } from "../desk/wait.tsx";
import { useLive } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { minute } from "../shell/now.ts";
import { threadPath } from "../shell/paths.ts";
import { shortWhen } from "../words/times.ts";
import { count, say } from "../words/words.ts";
import { type RoomView, unreadOf } from "./room_view.ts";

interface RoomRowProps {
  room: ReadonlySignal<RoomView | undefined>;
  consumer: string;
  place: number;
  total: number;
  isSelected: boolean;
  /** The one row in the tab order. */
  isCurrent: boolean;
  /** Outside of the list: it cannot be picked, and keys do not walk to it. */
  isPlain?: boolean;
}

/** One room of the list. Renders again only when that room changes. */
export function RoomRow({ room, consumer, place, total, isSelected, isCurrent, isPlain }: RoomRowProps) {
  const { inbox, picked, team } = useLive();
  // A deleted one stays until the list is rendered without it.
  const last = useRef(room.value);
  const view = last.current = room.value ?? last.current;
  const isStub = view?.isStub ?? false;
  useEffect(() => {
    if (isStub) void inbox.complete(consumer);
  }, [isStub, consumer]);
  if (!view) return null;
  const unread = unreadOf(view);
  const name = nameOf(view);
  const isShared = team.isShared.value, isPicked = picked.has(consumer);
  // Where several answer, the weight says who waits, read or not.
  const isBold = isShared ? view.waitingSince !== undefined : unread > 0;
  return (
    <li aria-setsize={total} aria-posinset={place + 1}>
      {isShared && !isPlain && <PickBox consumer={consumer} name={name} isPicked={isPicked} />}
      <a
        class={`room ${isSelected ? "selected" : ""} ${isBold ? "unread" : ""} ${isPicked ? "picked" : ""}`}
        href={threadPath(consumer)}
        data-consumer={isPlain ? undefined : consumer}
        aria-current={isSelected ? "page" : undefined}
        tabIndex={isCurrent ? 0 : -1}
      >
        <Avatar consumer={consumer} name={view.visitor?.name ?? view.visitor?.email} online={view.online} />
        <span class="room-text">
          <span class="room-line">
            <bdi class="room-name">{name}</bdi>
            {view.online && <span class="spoken">{say("online")}</span>}
            {view.blocked && <Mark shape="block" words={say("blocked")} />}
            {view.status === "resolved" && <Mark shape="check" words={say("resolved_line")} />}
            <RowLabels labels={view.labels} />
            <time class="room-when" dateTime={new Date(view.active).toISOString()}>
              {shortWhen(view.active, minute.value)}
            </time>
          </span>
          <span class="room-line">
            <LastLine view={view} />
            {(isShared || inbox.tab.value === "waiting") && <Wait view={view} />}
            {unread > 0 && (
              <span class="count">
                <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
                <span class="spoken">{count("unread", unread)}</span>
              </span>
            )}
            {isShared && <RowFaces view={view} />}
          </span>
        </span>
      </a>
    </li>
  );
}

/** Picks a room for what is done to many at once. Shift picks all from the last one. */
function PickBox({ consumer, name, isPicked }: { consumer: string; name: string; isPicked: boolean }) {
  const { picked } = useLive();
  return (
    <label class="pick">
      <input
        type="checkbox"
        checked={isPicked}
        tabIndex={-1}
        aria-label={say("pick", { name })}
        onClick={(event) => picked.toggle(consumer, event.shiftKey)}
      />
    </label>
  );
}

function LastLine({ view: { typing, last } }: { view: RoomView }) {
  if (typing) return <span class="room-last typing-words">{say("typing")}</span>;
  const isOwn = last?.side === "admin", isStatus = last?.kind === "status";
  const said = isStatus
    ? say(last.content === "resolved" ? "resolved_line" : "reopened_line")
    : last?.deleted
    ? say("deleted_text")
    : (last?.content ?? "").slice(0, 160);
  return (
    <span class="room-last">
      {isOwn && !isStatus && <span>{say("you_said", { text: "" })}</span>}
      <bdi>{said}</bdi>
    </span>
  );
}

function Mark({ shape, words }: { shape: "block" | "check"; words: string }) {
  return (
    <span class="room-mark" title={words}>
      <Icon shape={shape} />
      <span class="spoken">{words}</span>
    </span>
  );
}

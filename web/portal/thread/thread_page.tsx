import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { Avatar } from "../controls/avatar.tsx";
import { Button, IconButton } from "../controls/button.tsx";
import { Icon } from "../controls/icon.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { inboxPath, threadPath } from "../shell/paths.ts";
import { count, say } from "../words/words.ts";
import { Composer } from "../composer/composer.tsx";
import { RoomActs } from "../desk/room_acts.tsx";
import { switchStatus } from "../desk/go_on.ts";
import { useWatching } from "../desk/use_watching.ts";
import { Thread } from "./thread.tsx";
import { useEffect, useState } from "preact/hooks";

interface ThreadPageProps {
  view: RoomView;
  at?: number;
  panel: { isOpen: boolean; toggle(): void };
}

/** One conversation: header, thread and composer. */
export function ThreadPage({ view, at, panel }: ThreadPageProps) {
  const live = useLive();
  const talk = live.talk(view.consumer, at);
  const isResolved = view.status === "resolved";
  const name = nameOf(view);
  const { route } = useLocation();
  const toNewest = () => route(threadPath(view.consumer), true);
  const sends = useSignal(0);
  const sent = () => {
    if (talk.shown.value.hasNewer) toNewest();
    else sends.value++;
  };
  useWatching(view.consumer);
  return (
    <div class="thread">
      <header class="thread-head">
        <a class="icon-button back" href={inboxPath} aria-label={say("back")}>
          <Icon shape="back" />
        </a>
        <Avatar
          consumer={view.consumer}
          name={view.visitor?.name ?? view.visitor?.email}
          online={view.online}
        />
        <div class="thread-who">
          <h1>
            <bdi>{name}</bdi>
          </h1>
          <p>{say(view.blocked ? "blocked" : view.online ? "online" : "offline")}</p>
        </div>
        {live.mayWrite.value && <RoomActs view={view} />}
        {/* Not kept until the connection is back: by then the visitor may have written something new. */}
        {live.mayWrite.value && (
          <Button
            icon={isResolved ? "reopen" : "check"}
            class="resolve"
            busy={live.isCut.value}
            onClick={() => void switchStatus(live, view.consumer, route)}
          >
            {say(isResolved ? "reopen" : "resolve")}
          </Button>
        )}
        <IconButton
          icon="info"
          label={say("details")}
          aria-expanded={panel.isOpen}
          aria-controls="visitor-panel"
          onClick={panel.toggle}
        />
      </header>
      <Thread key={view.consumer} view={view} talk={talk} at={at} toNewest={toNewest} sends={sends.value} />
      <CutLine />
      <Composer view={view} talk={talk} sent={sent} />
    </div>
  );
}

/** Connection state, in one thin line. */
function CutLine() {
  const { isCut, pending } = useLive();
  const waiting = pending.value.filter(({ refused }) => !refused).length;
  return (
    <div role="status" class="cut-lines">
      {isCut.value && (
        <p class="cut-line">
          {say("reconnecting")} {waiting > 0 && count("waiting", waiting)}
        </p>
      )}
      <WaitLine />
    </div>
  );
}

/** Counts the seconds until sending continues, after a rate limit. */
function WaitLine() {
  const until = useLive().waitsUntil.value;
  const [now, setNow] = useState(Date.now());
  const seconds = Math.ceil((until - now) / 1000);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return seconds > 0 ? <p class="cut-line">{count("slow_down", seconds)}</p> : null;
}

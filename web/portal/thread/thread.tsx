import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../../protocol/records.ts";
import { Icon } from "../controls/icon.tsx";
import { lazy } from "../controls/lazy.tsx";
import { type RoomView, unreadOf } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { count, locale, say } from "../words/words.ts";
import { Block } from "./block.tsx";
import { Pending } from "./pending.tsx";
import { type Anchor, anchorOf, isAtEnd, keepAnchor } from "./scrolling.ts";
import { PendingNotes } from "../staff/pending_notes.tsx";
import { StaffLine } from "../staff/staff_line.tsx";
import { useStaff } from "../staff/use_staff.ts";
import { blockOf, type Talk } from "./talk.ts";
import { useLooking } from "./looking.ts";

const PartialText = lazy(async () => (await import("../assist/partial_text.tsx")).PartialText, () => null);

/** Distance from an end at which the next page is requested. Pixels. */
const nearEnd = 900;

interface ThreadProps {
  view: RoomView;
  talk: Talk;
  /** Seq of the search result to show. */
  at?: number;
  /** Leaves the history for the newest messages. */
  toNewest(): void;
  /** Counts messages sent from here: their author wants to see them. */
  sends: number;
}

/** The messages of a room. Scrolled to the end it follows new messages; elsewhere it keeps its position. */
export function Thread({ view, talk, at, toNewest, sends }: ThreadProps) {
  const live = useLive();
  const { consumer } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | undefined>(undefined);
  const atEnd = useSignal(at === undefined);
  const { blocks, hasOlder, hasNewer, isLoaded } = talk.shown.value;
  const last = talk.last;
  const firstUnread = useFirstUnread(view, isLoaded);
  const pending = live.pending.value.filter((message) => message.consumer === consumer);
  const isLooking = useLooking();
  const staff = useStaff(consumer, talk.shown.value);
  const you = live.team.isShared.value ? live.inbox.you.value : undefined;

  const size = useRef(""), sent = useRef(sends);
  const look = () => {
    const element = scroller.current;
    // A scroll event fires with the next frame, by which the thread may be unmounted.
    if (!element) return;
    // A scroll caused by a changed size is no user's action.
    const before = size.current;
    size.current = `${element.scrollHeight} ${element.clientHeight}`;
    if (atEnd.value && before !== size.current) element.scrollTop = element.scrollHeight;
    // Blocks near the viewport are rendered at their true height, which may be known only now.
    keepAnchor(element, anchor.current);
    atEnd.value = !hasNewer && isAtEnd(element);
    anchor.current = atEnd.value ? undefined : anchorOf(element);
    if (hasOlder && element.scrollTop < nearEnd) live.older(talk);
    if (hasNewer && element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd) {
      live.newer(talk);
    }
  };
  // Another room: unless a search result is shown, the newest messages are, scrolled to the end.
  useLayoutEffect(() => {
    if (at === undefined) atEnd.value = true;
    return () => live.assist.clear();
  }, [talk]);
  useLayoutEffect(() => {
    if (sent.current === sends) return;
    sent.current = sends;
    atEnd.value = true;
  }, [sends]);
  // After each render: at the end it stays at the end, elsewhere it keeps its position.
  useLayoutEffect(() => {
    const element = scroller.current!;
    if (atEnd.value) element.scrollTop = element.scrollHeight;
    else keepAnchor(element, anchor.current);
    if (isLoaded) look();
  }, [
    blocks,
    pending.length,
    view.typing,
    sends,
    staff.entries,
    live.notes.pending.value,
    live.assist.partial.value,
  ]);
  useLayoutEffect(() => {
    if (!isLoaded || at === undefined) return;
    anchor.current = undefined;
    scrollTo(scroller.current!, at);
    look();
  }, [isLoaded, at, talk]);
  useEffect(() => {
    const element = scroller.current!;
    const watcher = new ResizeObserver(() => {
      if (atEnd.value) element.scrollTop = element.scrollHeight;
      else keepAnchor(element, anchor.current);
    });
    watcher.observe(element);
    watcher.observe(element.firstElementChild!);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (isLooking && atEnd.value && isLoaded && last > view.readAdmin) live.read(consumer, last);
  }, [isLooking, atEnd.value, isLoaded, last, view.readAdmin]);

  const toEnd = () => {
    atEnd.value = true;
    const element = scroller.current!;
    // The button disappears with the focus.
    element.focus({ preventScroll: true });
    if (hasNewer) return toNewest();
    element.scrollTo({ top: element.scrollHeight });
  };
  const name = nameOf(view);
  const missed = hasNewer ? view.seq - last : unreadOf(view);
  return (
    <div class="thread-body">
      <div
        class="thread-scroll"
        ref={scroller}
        onScroll={look}
        tabIndex={0}
        role="region"
        aria-label={say("messages", { name })}
      >
        <div class="thread-inner">
          {!isLoaded && <Bones />}
          {isLoaded && last === 0 && pending.length === 0 && (
            <p class="quiet-note">{say("no_messages", { name })}</p>
          )}
          {isLoaded && blocks.length === 0 &&
            staff.entries.map((entry) => <StaffLine key={entry.n} entry={entry} />)}
          {hasOlder && <p class="quiet-note" role="status">{say("loading")}</p>}
          {blocks.map((messages, i) => (
            <Block
              key={blockOf(messages[0]!)}
              messages={messages}
              staff={staff.of(i)}
              you={you}
              before={blocks[i - 1]?.at(-1)}
              name={name}
              readVisitor={readWithin(messages, view.readVisitor)}
              firstUnread={firstUnread}
              found={at}
              locale={locale()}
            />
          ))}
          {!hasNewer && <PendingNotes consumer={consumer} />}
          {!hasNewer && <Pending pending={pending} last={lastOf(blocks)} />}
          {live.assist.partial.value && <PartialText />}
          {view.typing && <Typing name={name} />}
        </div>
      </div>
      {!atEnd.value && isLoaded && (
        <button type="button" class="jump" onClick={toEnd}>
          <Icon shape="down" />
          {missed > 0 ? count("new", missed) : say("to_newest")}
        </button>
      )}
    </div>
  );
}

/** The read mark clipped to a block, so that changes outside of it do not render it again. */
function readWithin(messages: readonly Message[], mark: number): number {
  return Math.min(Math.max(mark, messages[0]!.seq - 1), messages.at(-1)!.seq);
}

const lastOf = (blocks: readonly (readonly Message[])[]) => blocks.at(-1)?.at(-1);

/** The first message that was unread when this room was opened; reading it does not move the line. */
function useFirstUnread(view: RoomView, isLoaded: boolean): number | undefined {
  const held = useRef<{ consumer: string; seq?: number } | undefined>(undefined);
  if (held.current?.consumer !== view.consumer && isLoaded) {
    held.current = {
      consumer: view.consumer,
      seq: unreadOf(view) > 0 && view.readAdmin > 0 ? view.readAdmin + 1 : undefined,
    };
  }
  return held.current?.consumer === view.consumer ? held.current.seq : undefined;
}

function scrollTo(element: HTMLElement, seq: number): void {
  const message = element.querySelector<HTMLElement>(`.message[data-seq="${seq}"]`);
  message?.scrollIntoView({ block: "center" });
}

function Typing({ name }: { name: string }) {
  return (
    <div class="typing" role="status">
      <span class="spoken">{say("is_typing", { name })}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

function Bones() {
  return (
    <div role="status" class="thread-bones">
      <span class="spoken">{say("loading")}</span>
      <span class="bone" />
      <span class="bone own" />
      <span class="bone" />
    </div>
  );
}

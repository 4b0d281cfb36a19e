import { memo } from "../controls/memo.ts";
import type { Message } from "../../../protocol/records.ts";
import { dayAt, nameDay } from "../../ui/days.ts";
import { Icon } from "../controls/icon.tsx";
import { timeOf } from "../words/times.ts";
import { say } from "../words/words.ts";
import { Bubble } from "./bubble.tsx";

/** Messages of one author within this time are grouped. Milliseconds. */
const groupMs = 5 * 60_000;

/** Estimated height of a message until it is rendered. Pixels. */
const usualHeight = 50;

interface BlockProps {
  messages: readonly Message[];
  /** The message before the first. */
  before?: Message;
  name: string;
  /** Seq up to which the visitor has read. */
  readVisitor: number;
  /** The first message that was unread when the thread was opened. */
  firstUnread?: number;
  /** The message that was searched for. */
  found?: number;
  /** A change of the language renders it again. */
  locale: string;
}

/** A block of messages of a thread, rendered only near the viewport. */
export const Block = memo(function Block(props: BlockProps) {
  const { messages, name, readVisitor, firstUnread, found } = props;
  return (
    <div
      class="block"
      data-seq={messages[0]!.seq}
      style={{ containIntrinsicSize: `auto ${messages.length * usualHeight}px` }}
    >
      {messages.map((message, i) => {
        const before = i > 0 ? messages[i - 1] : props.before;
        const at = Date.parse(message.created);
        const isNewDay = !before || dayOf(before) !== dayOf(message);
        const isOwn = message.side === "admin";
        const isUnread = message.seq === firstUnread;
        return (
          <div key={message.seq} class="message" data-seq={message.seq}>
            {isNewDay && (
              <p class="day">
                <span>{nameDay(at, props.locale)}</span>
              </p>
            )}
            {isUnread && (
              <p class="fresh-line">
                <span>{say("tab_unread")}</span>
              </p>
            )}
            {message.kind === "status" ? <StatusLine message={message} /> : message.kind === "text" && (
              <Bubble
                content={message.content}
                at={at}
                isOwn={isOwn}
                isFirst={isNewDay || isUnread || !follows(before, message, at)}
                by={isOwn ? say("you") : name}
                progress={isOwn ? (message.seq <= readVisitor ? "read" : "sent") : undefined}
                isFound={message.seq === found}
                change={message.deleted ? "deleted" : message.edited === undefined ? undefined : "edited"}
              />
            )}
          </div>
        );
      })}
    </div>
  );
});

const dayOf = ({ created }: Message) => dayAt(Date.parse(created));

function follows(before: Message | undefined, message: Message, at: number): boolean {
  return before?.kind === "text" && before.side === message.side && before.author === message.author &&
    at - Date.parse(before.created) <= groupMs;
}

/** Who resolved or reopened a conversation, and when. */
function StatusLine({ message: { content, author, created } }: { message: Message }) {
  const isResolved = content === "resolved";
  if (!isResolved && content !== "open") return null;
  return (
    <p class="status-line">
      <Icon shape={isResolved ? "check" : "reopen"} />
      <span>{say(isResolved ? "resolved_by" : "reopened_by", { who: author })}</span>
      <time dateTime={created}>{timeOf(Date.parse(created))}</time>
    </p>
  );
}

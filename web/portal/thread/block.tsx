import { memo } from "../controls/memo.ts";
import type { Message } from "../../../protocol/records.ts";
import { editableMs } from "../../../protocol/limits.ts";
import { dayAt, nameDay } from "../../ui/days.ts";
import { Icon } from "../controls/icon.tsx";
import { timeOf } from "../words/times.ts";
import { say } from "../words/words.ts";
import { StaffLine } from "../staff/staff_line.tsx";
import type { StaffEntry } from "../staff/staff_log.ts";
import { Bubble } from "./bubble.tsx";

/** Messages of one author within this time are grouped. Milliseconds. */
const groupMs = 5 * 60_000;

/** Estimated height of a message until it is rendered. Pixels. */
const usualHeight = 50;

interface BlockProps {
  messages: readonly Message[];
  /** What only members see, after these messages. */
  staff: readonly StaffEntry[];
  /** The own id, where several answer. */
  you?: string;
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
  const { messages, staff, name, you, readVisitor, firstUnread, found } = props;
  const first = messages[0]!.seq;
  return (
    <div
      class="block"
      data-seq={messages[0]!.seq}
      style={{ containIntrinsicSize: `auto ${messages.length * usualHeight}px` }}
    >
      {staff.filter(({ after }) => after < first).map((entry) => <StaffLine key={-entry.n} entry={entry} />)}
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
                isFirst={isNewDay || isUnread || !follows(before, message, at) ||
                  staff.some(({ after }) => after === before?.seq)}
                by={isOwn ? authorOf(message, you) : name}
                face={you !== undefined ? faceOf(message) : undefined}
                isBot={message.by === "bot"}
                progress={isOwn ? (message.seq <= readVisitor ? "read" : "sent") : undefined}
                isFound={message.seq === found}
                own={isOwn && message.by !== "bot" && !message.deleted ? message.seq : undefined}
                isRecent={isChangeable(message, you, at)}
                more={message.reply || (isOwn && message.by === "bot" && message.extra) ? message : undefined}
                change={message.deleted ? "deleted" : message.edited === undefined ? undefined : "edited"}
              />
            )}
            {staff.filter(({ after }) => after === message.seq).map((entry) => (
              <StaffLine key={entry.n} entry={entry} />
            ))}
          </div>
        );
      })}
    </div>
  );
});

const dayOf = ({ created }: Message) => dayAt(Date.parse(created));

function follows(before: Message | undefined, message: Message, at: number): boolean {
  return before?.kind === "text" && before.side === message.side && before.author === message.author &&
    idOf(before) === idOf(message) &&
    at - Date.parse(before.created) <= groupMs;
}

const idOf = ({ by }: Message) => typeof by === "object" ? by.id : by;

/** Who wrote on this side: one's own texts, or those of the only agent, are "You". */
function authorOf({ by }: Message, you: string | undefined): string {
  if (by === "bot") return say("the_bot");
  if (by === undefined || you === undefined || by.id === you) return say("you");
  return by.name ?? say("a_colleague");
}

/** Whether it is an own text that can still be edited and deleted; the service judges again. */
function isChangeable({ by, side, deleted }: Message, you: string | undefined, at: number): boolean {
  const isOwn = side === "admin" && by !== "bot" && (you === undefined || by === undefined || by.id === you);
  return isOwn && !deleted && Date.now() - at < editableMs;
}

function faceOf({ by }: Message) {
  if (typeof by !== "object") return undefined;
  return { id: by.id, name: by.name ?? "", avatarUrl: by.avatar_url };
}

/** Who resolved or reopened a conversation, and when. */
function StatusLine({ message: { content, author, by, created } }: { message: Message }) {
  const who = by === "bot" ? say("the_bot") : by?.name ?? author;
  const isResolved = content === "resolved";
  if (!isResolved && content !== "open") return null;
  return (
    <p class="status-line">
      <Icon shape={isResolved ? "check" : "reopen"} />
      <span>{say(isResolved ? "resolved_by" : "reopened_by", { who })}</span>
      <time dateTime={created}>{timeOf(Date.parse(created))}</time>
    </p>
  );
}

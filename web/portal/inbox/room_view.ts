import type { Message, Room, VisitorProfile } from "../../../protocol/records.ts";

/** A room as the list shows it. Immutable: a change makes a new one. */
export interface RoomView {
  readonly consumer: string;
  readonly visitor?: VisitorProfile;
  readonly status: Room["status"];
  /** Latest activity. Milliseconds since 1970. */
  readonly active: number;
  /** Seq of its newest message. */
  readonly seq: number;
  readonly readAdmin: number;
  readonly readVisitor: number;
  readonly online: boolean;
  readonly blocked: boolean;
  readonly last?: Pick<Message, "content" | "kind" | "seq" | "side" | "deleted">;
  readonly typing: boolean;
  /** Id of the member that it is assigned to. */
  readonly assignee?: string;
  readonly team?: string;
  /** Ids of labels. */
  readonly labels: readonly string[];
  /** Milliseconds since 1970; `untilReply` for until the visitor writes. */
  readonly snoozedUntil?: number;
  /** Since when the visitor's text is unanswered. Milliseconds since 1970. */
  readonly waitingSince?: number;
  /** When an answer is due. Milliseconds since 1970. */
  readonly dueAt?: number;
  /** Only a message of it was received: the rest is a guess until it is loaded. */
  readonly isStub: boolean;
}

/** The time of a snooze that ends when the visitor writes. Milliseconds since 1970. */
export const untilReply = Date.parse("9999-12-31T23:59:59.999Z");

/** Somebody is meant to answer it. */
export const isActive = ({ status, snoozedUntil }: RoomView): boolean =>
  status !== "resolved" && status !== "bot" && snoozedUntil === undefined;

/** Number of unread messages; 1 for a room of which only a message is known. */
export function unreadOf({ seq, readAdmin, isStub }: RoomView): number {
  const unread = Math.max(0, seq - readAdmin);
  return isStub ? Math.min(1, unread) : unread;
}

/** A room as sent by the service, merged with what was known of it. */
export function viewOf(room: Room, known?: RoomView): RoomView {
  const last = room.messages.findLast(({ kind }) => kind !== "edit") ?? known?.last;
  return {
    consumer: room.consumer,
    visitor: room.visitor,
    status: room.status,
    active: Math.max(Date.parse(room.active), known?.active ?? 0),
    seq: Math.max(room.seq, known?.seq ?? 0),
    // A room that is made unread goes back.
    readAdmin: room.seq >= (known?.seq ?? 0)
      ? room.read.admin
      : Math.max(room.read.admin, known?.readAdmin ?? 0),
    readVisitor: Math.max(room.read.visitor, known?.readVisitor ?? 0),
    online: room.online,
    blocked: room.blocked ?? false,
    last: last && (known?.last?.seq ?? 0) > last.seq ? known!.last : last,
    typing: known?.typing ?? false,
    assignee: room.assignee,
    team: room.team,
    labels: room.labels ?? none,
    snoozedUntil: timeOf(room.snoozed_until),
    waitingSince: timeOf(room.waiting_since),
    dueAt: timeOf(room.due_at),
    isStub: false,
  };
}

const none: readonly string[] = [];
const timeOf = (time: string | undefined) => time === undefined ? undefined : Date.parse(time);

/** A room of which only a message is known. */
function stubOf(consumer: string, message: Message): RoomView {
  return {
    ...{ consumer, status: "open", active: 0, seq: message.seq - 1, readAdmin: 0 },
    ...{ readVisitor: 0, online: false, blocked: false, typing: false, labels: none, isStub: true },
  };
}

/** The room after a message: its author has read it, and a visitor's text reopens a resolved room. */
export function withMessage(consumer: string, message: Message, known?: RoomView): RoomView {
  const view = known ?? stubOf(consumer, message);
  if (message.seq <= view.seq && view.last && message.seq <= view.last.seq) return view;
  if (message.edit) return withEdit(view, message);
  const isVisitor = message.side === "visitor";
  const seq = Math.max(view.seq, message.seq);
  return {
    ...view,
    seq,
    last: message,
    active: Math.max(view.active, Date.parse(message.created)),
    status: statusAfter(view, message, isVisitor),
    readAdmin: isVisitor ? view.readAdmin : Math.max(view.readAdmin, message.seq),
    readVisitor: isVisitor ? Math.max(view.readVisitor, message.seq) : view.readVisitor,
    online: isVisitor || view.online,
    typing: isVisitor ? false : view.typing,
    ...waitAfter(view, message),
  };
}

/** The room after an edit, which is nothing new to read for who had read everything. */
function withEdit(view: RoomView, { edit, content, seq, created }: Message): RoomView {
  const readAt = (mark: number) => mark === seq - 1 ? seq : mark;
  const { last } = view, isOfLast = last?.seq === edit!.seq && (content !== "" || edit!.deleted);
  return {
    ...view,
    seq: Math.max(view.seq, seq),
    last: isOfLast ? { ...last!, content, deleted: edit!.deleted } : last,
    active: Math.max(view.active, Date.parse(created)),
    readAdmin: readAt(view.readAdmin),
    readVisitor: readAt(view.readVisitor),
  };
}

/** A visitor's text waits for an answer and ends a snooze; a person's answer ends the wait. */
function waitAfter(view: RoomView, message: Message): Partial<RoomView> {
  const { kind, side, by, content } = message;
  if (kind === "status") {
    return content === "resolved"
      ? { waitingSince: undefined, dueAt: undefined, snoozedUntil: undefined }
      : {};
  }
  if (kind !== "text") return {};
  if (side === "admin") return by === "bot" ? {} : { waitingSince: undefined, dueAt: undefined };
  if (view.status === "bot") return { snoozedUntil: undefined };
  return { snoozedUntil: undefined, waitingSince: view.waitingSince ?? Date.parse(message.created) };
}

function statusAfter(
  { status }: RoomView,
  { kind, content, by }: Message,
  isVisitor: boolean,
): RoomView["status"] {
  if (kind === "status") return content as RoomView["status"];
  if (isVisitor) return status === "resolved" ? "open" : status;
  const isAnswer = by !== "bot" && status !== "resolved";
  return isAnswer ? "open" : status;
}

import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { Message } from "../../../protocol/records.ts";
import { groupByDayAndAuthor } from "../../ui/group_messages.ts";
import { nameDay } from "../../ui/days.ts";
import { h } from "../../ui/dom.ts";
import type { PendingMessage } from "../../client/outbox.ts";
import { type Line, messageRow, type RowActions } from "./message_row.ts";
import type { Words } from "../frame/words.ts";

/** State of the thread, top to bottom. */
export interface ThreadState {
  /** Name of the other side. */
  title: string;
  /** Name and picture of the bot, where it has its own. */
  bot?: ChatbotPublic["bot"];
  /** The bot answers now. */
  isWithBot: boolean;
  /** The text that the bot is writing, with the `client_id` of the message that it becomes. */
  partial?: { id: string; text: string };
  /** The chatbot's own texts: greeting, away message. */
  opening: string[];
  messages: Message[];
  pending: PendingMessage[];
  /** Seq up to which the other side has read. */
  readUpTo: number;
  /** The visitor's own name on the wire. */
  consumer: string;
  /** Nobody is there to answer now. */
  isAway: boolean;
  /** What is said of that in opening hours, when the chatbot does not say it itself. */
  awayNote: string;
}

/** What a part that was loaded later adds to rows. */
export interface RowPart {
  /** What it adds, so that a row is drawn again on a change; empty for nothing. */
  mark(line: Line): string;
  add(row: HTMLElement, line: Line): void;
}

interface Row {
  drawn: string;
  element: HTMLElement;
}

/** The list of messages. Row elements are reused, and only changes are applied. */
export class Thread {
  readonly element = h("ol", { class: "thread" });
  readonly parts: RowPart[] = [];
  #rows = new Map<string, Row>();
  #words: Words;
  #actions: RowActions;

  constructor(words: Words, actions: RowActions) {
    this.#words = words;
    this.#actions = actions;
  }

  draw(state: ThreadState): void {
    const rows = new Map<string, Row>();
    const isFirstDrawing = this.#rows.size === 0;
    for (const [key, drawn, make] of this.#wanted(state)) {
      const known = this.#rows.get(key);
      const row = known?.drawn === drawn ? known : { drawn, element: make() };
      if (!known && !isFirstDrawing) row.element.classList.add("fresh");
      rows.set(key, row);
    }
    this.#rows = rows;
    this.#place([...rows.values()].map(({ element }) => element));
  }

  /** Keys, what they look like, and how to make them. */
  *#wanted(state: ThreadState): Generator<[key: string, drawn: string, make: () => HTMLElement]> {
    const words = this.#words;
    for (const { item, isNewDay, isFirst } of groupByDayAndAuthor(linesOf(state))) {
      if (isNewDay && state.messages.length + state.pending.length > 0) {
        const day = nameDay(item.at, words.locale);
        // By its name: before anything is sent, the moment it began at is always now.
        yield [`day ${day}`, day, () => h("li", { class: "day" }, day)];
      }
      if (item.status) {
        const text = words.say(item.status);
        yield [item.key, text, () => h("li", { class: "note" }, text)];
      } else {
        // A message changes only by an edit; what the chatbot says itself may.
        const said = item.timeless || item.isEdited ? item.content : "";
        const marks = this.parts.map((part) => part.mark(item));
        const drawn =
          `${item.progress}${isFirst}${item.isDeleted}${item.isPartial}${item.name}\0${said}\0${marks}`;
        yield [item.key, drawn, () => this.#make(item, isFirst)];
        if (item.isPartial) {
          this.#rows.get(item.key)?.element.querySelector(".bubble")?.replaceChildren(item.content);
        }
      }
    }
    const { isAway, awayNote, isWithBot, messages, consumer } = state;
    const last = messages.findLast(({ kind }) => kind !== "edit");
    // Who is about to write to nobody is told so, and who has written what comes of it.
    const note = isWaiting(messages)
      ? words.say("waiting")
      : !isAway || isWithBot
      ? ""
      : !last
      ? awayNote
      : last.kind === "text" && last.author === consumer
      ? words.say("next")
      : "";
    if (note) yield ["away", note, () => h("li", { class: "note" }, note)];
  }

  #make(line: Line, isFirst: boolean): HTMLElement {
    const row = messageRow(line, isFirst, this.#words, this.#actions);
    for (const part of this.parts) part.add(row, line);
    return row;
  }

  #place(elements: HTMLElement[]): void {
    const wanted = new Set<Element>(elements);
    for (const child of [...this.element.children]) if (!wanted.has(child)) child.remove();
    let at = this.element.firstElementChild;
    for (const element of elements) {
      if (element === at) at = at.nextElementSibling;
      else this.element.insertBefore(element, at);
    }
  }
}

type ThreadLine = Line & { status?: "open" | "resolved" };

/** The bot has handed over, and nobody has answered yet. */
const isWaiting = (messages: Message[]) =>
  messages.findLast(({ kind }) => kind === "status")?.content === "waiting";

function linesOf(state: ThreadState): ThreadLine[] {
  const { title, opening, messages, pending, partial, consumer } = state;
  let before: string | undefined;
  const first = messages[0] ? Date.parse(messages[0].created) : Date.now();
  return [
    ...opening.map((content, i): ThreadLine => ({
      key: `opening ${i}`,
      author: "",
      name: title,
      side: "theirs",
      content,
      at: first,
      progress: "none",
      timeless: true,
    })),
    ...messages.flatMap((message) => {
      const { kind, content } = message, status = kind === "status" ? statusOf(content, before) : undefined;
      if (kind === "status") before = content;
      return kind === "text" || status ? [lineOf(message, state, status)] : [];
    }),
    ...partial
      ? [
        {
          ...fromBot(state, partial.id),
          content: partial.text,
          at: Date.now(),
          isPartial: true,
        } satisfies ThreadLine,
      ]
      : [],
    ...pending.map(({ client_id, content, at, refused, kept }): ThreadLine => ({
      key: client_id,
      author: consumer,
      name: "",
      side: "mine",
      content,
      at,
      progress: refused ? "refused" : kept ? "sending" : "written",
    })),
  ];
}

/**
 * What is said of a status: a resolved conversation that goes on was reopened, whoever answers now. Whether the bot or a
 * person answers is seen by the texts.
 */
function statusOf(content: string, before?: string): ThreadLine["status"] {
  if (content === "resolved") return content;
  return before === "resolved" || !before && content === "open" ? "open" : undefined;
}

/** Who wrote it for the team. The author on the wire is the admin's sign-in name, which visitors are not shown. */
export function nameOf({ by }: Message, { title, bot }: Pick<ThreadState, "title" | "bot">): string {
  return by === "bot" && bot?.name || typeof by === "object" && by.name || title;
}

/** A text of the bot; it has the key of the message that it becomes, so that its row stays. */
function fromBot({ title, bot }: ThreadState, client_id: string) {
  return {
    key: `bot ${client_id}`,
    author: "bot",
    name: bot?.name || title,
    person: { picture: bot?.avatar_url },
    isBot: true,
    side: "theirs",
    progress: "none",
  } as const;
}

function lineOf(message: Message, state: ThreadState, status: ThreadLine["status"]): ThreadLine {
  const { consumer, readUpTo } = state;
  const { by, client_id, content, created, deleted, edited, id, seq, side } = message;
  const person = typeof by === "object" ? by : undefined;
  const isMine = side === "visitor";
  return {
    // The other side may use the same ids.
    key: (isMine && client_id) || id,
    author: status ? id : isMine ? consumer : person?.id ?? "",
    name: nameOf(message, state),
    ...person && { person: { picture: person.avatar_url } },
    ...by === "bot" && !status && fromBot(state, client_id ?? id),
    isEdited: edited !== undefined,
    isDeleted: deleted,
    side: isMine ? "mine" : "theirs",
    content,
    at: Date.parse(created),
    progress: !isMine ? "none" : seq <= readUpTo ? "read" : "sent",
    message,
    status,
  };
}

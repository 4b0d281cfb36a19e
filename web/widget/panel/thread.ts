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

interface Row {
  drawn: string;
  element: HTMLElement;
}

/** The list of messages. Row elements are reused, and only changes are applied. */
export class Thread {
  readonly element = h("ol", { class: "thread" });
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
        const drawn = `${item.progress}${isFirst}${item.isDeleted}${item.name}\0${said}`;
        yield [item.key, drawn, () => messageRow(item, isFirst, words, this.#actions)];
      }
    }
    const { isAway, awayNote, messages, consumer } = state;
    const last = messages.findLast(({ kind }) => kind !== "edit");
    // Who is about to write to nobody is told so, and who has written what comes of it.
    const note = !isAway
      ? ""
      : !last
      ? awayNote
      : last.kind === "text" && last.author === consumer
      ? words.say("next")
      : "";
    if (note) yield ["away", note, () => h("li", { class: "note" }, note)];
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

function linesOf(state: ThreadState): ThreadLine[] {
  const { title, opening, messages, pending, consumer } = state;
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
    // Whether the bot or a person answers is not shown.
    ...messages.filter(({ kind, content }) => kind === "text" || /^(open|resolved)$/.test(content)).map((
      message,
    ) => lineOf(message, state)),
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

/** Who wrote it for the team. The author on the wire is the admin's sign-in name, which visitors are not shown. */
export function nameOf({ by }: Message, title: string): string {
  return typeof by === "object" && by.name || title;
}

function lineOf(message: Message, { title, consumer, readUpTo }: ThreadState): ThreadLine {
  const { by, client_id, content, created, deleted, edited, id, kind, seq, side } = message;
  const person = typeof by === "object" ? by : undefined;
  const isMine = side === "visitor";
  const status = kind === "status" && (content === "open" || content === "resolved") ? content : undefined;
  return {
    // The other side may use the same ids.
    key: (isMine && client_id) || id,
    author: status ? id : isMine ? consumer : person?.id ?? "",
    name: nameOf(message, title),
    ...person && { person: { picture: person.avatar_url } },
    isEdited: edited !== undefined,
    isDeleted: deleted,
    side: isMine ? "mine" : "theirs",
    content,
    at: Date.parse(created),
    progress: !isMine ? "none" : seq <= readUpTo ? "read" : "sent",
    status,
  };
}

import type { Message } from "../../protocol/records.ts";

/** An answer to `fetch_messages`, as far as the cursor needs it. */
export interface Page {
  messages: Message[];
  epoch?: string;
  has_more?: boolean;
  recovered?: boolean;
}

/** What to do with a page: append, replace everything shown, request again. */
export interface Turned {
  show: Message[];
  replace: boolean;
  again: boolean;
}

/**
 * The position up to which a room is shown. Guarantees that what is shown is complete, in order and without duplicates:
 * messages up to the last seq are dropped, the next one is shown, a gap is fetched.
 */
export class RoomCursor {
  #epoch?: string;
  #last?: number;
  #heard = 0;

  /** The seq shown last, 0 for none. */
  get last(): number {
    return this.#last ?? 0;
  }

  /** Whether a later message is known that has not been shown. */
  get isBehind(): boolean {
    return this.#heard > this.last;
  }

  /** A new connection may be to another epoch of the store: what was heard over the former one is void. */
  reconnected(): void {
    this.#heard = 0;
  }

  /** The request to send: everything after the last message shown; at first the newest page. */
  ask(): { after?: number; epoch?: string } {
    return this.#last === undefined ? {} : { after: this.#last, epoch: this.#epoch };
  }

  /** A message as it was received live. */
  live({ seq }: Message): "show" | "drop" | "fetch" {
    this.#heard = Math.max(this.#heard, seq);
    if (this.#last === undefined || seq > this.#last + 1) return "fetch";
    if (seq <= this.#last) return "drop";
    this.#last = seq;
    return "show";
  }

  /** A page requested by `ask()`. */
  page(page: Page): Turned {
    const replace = this.#last === undefined || page.recovered === false;
    const show = replace ? page.messages : this.#next(page.messages);
    this.#epoch = page.epoch ?? this.#epoch;
    this.#last = show.at(-1)?.seq ?? (replace ? 0 : this.last);
    return { show, replace, again: this.isBehind || (!replace && page.has_more === true) };
  }

  #next(messages: Message[]): Message[] {
    let next = this.last + 1;
    return messages.filter(({ seq }) => seq === next && next++);
  }
}

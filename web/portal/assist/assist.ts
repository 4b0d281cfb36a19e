import { signal } from "@preact/signals";
import type { ServerFrame } from "../../../protocol/frames.ts";

type Suggested = Extract<ServerFrame, { command: "suggest" }>;

/** What the bot does in the room that is open: answers it suggests, and the text that it writes at present. */
export class Assist {
  readonly suggested = signal<Suggested | undefined>(undefined);
  readonly partial = signal<{ id: string; text: string } | undefined>(undefined);
  /** The visitor's text whose suggestions were hidden or used. */
  #hidden = "";

  /** `open`: the room that is open. */
  heard(frame: ServerFrame, open: string | undefined): void {
    if (!("consumer" in frame) || frame.consumer !== open) return;
    if (frame.command === "suggest") {
      if (nameOf(frame) !== this.#hidden) this.suggested.value = frame;
    } else if (frame.command === "partial") {
      const { id, at, text = "", gone } = frame, known = this.partial.value;
      if (gone) this.partial.value = undefined;
      else if (at === 0) this.partial.value = { id, text };
      else if (known?.id === id && known.text.length === at) {
        this.partial.value = { id, text: known.text + text };
      }
    } else if (frame.command === "new_message") {
      if (frame.message.client_id === this.partial.value?.id) this.partial.value = undefined;
      if (frame.message.side === "admin") this.suggested.value = undefined;
    }
  }

  hide(): void {
    if (this.suggested.value) this.#hidden = nameOf(this.suggested.value);
    this.suggested.value = undefined;
  }

  /** Another room is open. */
  clear(): void {
    this.suggested.value = undefined;
    this.partial.value = undefined;
  }
}

const nameOf = ({ consumer, seq }: Suggested) => `${consumer} ${seq}`;

import type { ServerFrame } from "../../../protocol/frames.ts";
import { Timer } from "../../client/timer.ts";

type PartialFrame = Extract<ServerFrame, { command: "partial" }>;

/** A text that is not continued for so long was lost. Milliseconds. */
const lapseMs = 35_000;

/** The bot's text while it is written. Pieces may be missing: what is shown then waits for the stored message. */
export class PartialText {
  /** `client_id` of the message that it becomes. */
  id = "";
  text = "";
  readonly #lapse = new Timer();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  received({ id, at = 0, text = "", gone }: PartialFrame): void {
    if (gone) return id === this.id ? this.clear() : undefined;
    // Only from its beginning: a text that began before this connection is not shown in part.
    if (id === this.id ? at !== this.text.length : at > 0) return;
    this.text = at ? this.text + text : text;
    this.id = id;
    this.#lapse.set(lapseMs, () => this.clear());
    this.#changed();
  }

  clear(): void {
    this.#lapse.clear();
    if (!this.id) return;
    this.id = this.text = "";
    this.#changed();
  }
}

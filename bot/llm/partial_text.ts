import type { Audience } from "../../chat/audience.ts";
import type { RoomKey } from "../../db/store.ts";

/** How long a piece waits for more of the text. Milliseconds. */
const gatheredMs = 60;
/** Length from which it does not wait. UTF-16 code units. */
const gatheredLength = 48;

/** Shows a text of the bot in its room while it is written, in pieces. `id`: the `client_id` of the message. */
export class PartialText {
  #gathered = "";
  #at = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(readonly room: { audience: Audience; key: RoomKey; id: string }) {}

  write(text: string): void {
    if (this.#ended || text === "") return;
    this.#gathered += text;
    if (this.#gathered.length >= gatheredLength) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), gatheredMs);
  }

  /** The message is stored, and replaces what was shown. */
  close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** Removes what was shown. Nothing is shown from now on. */
  withdraw(): void {
    if (this.#ended) return;
    this.close();
    const { audience, key, id } = this.room;
    if (this.#at > 0) audience.tell({ type: "partial", key, id, gone: true });
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { audience, key, id } = this.room, at = this.#at, text = this.#gathered;
    this.#gathered = "";
    this.#at += text.length;
    audience.tell({ type: "partial", key, id, at, text });
  }
}

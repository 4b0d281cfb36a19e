import type { Message } from "../../../protocol/records.ts";
import { Chime } from "../../ui/chime.ts";
import type { RoomView } from "../inbox/room_view.ts";
import { nameOf } from "../words/names.ts";
import { threadPath } from "../shell/paths.ts";
import { preferences } from "../service/preferences.ts";
import { isLooking } from "../thread/looking.ts";
import { say } from "../words/words.ts";

/** Characters of a message that a notification shows. */
const previewLength = 140;
/** Sounds of many messages at once are one. Milliseconds. */
const chimeEveryMs = 1_500;

interface Surroundings {
  /** The room that is shown, if somebody looks at this page. */
  shown(): string | undefined;
  go(path: string): void;
}

/** Says that a visitor wrote, by sound and on the screen; not of a room that somebody is looking at. */
export class Notifier {
  readonly #surroundings: Surroundings;
  readonly #chime = new Chime();
  #rang = -Infinity;
  #isFirstTab = false;
  readonly #closing = new AbortController();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    void this.#waitForTurn();
  }

  message(message: Message, view: RoomView): void {
    const isVisitor = message.side === "visitor" && message.kind === "text";
    if (!isVisitor || view.blocked || this.#isSeen(view.consumer)) return;
    // Of several tabs one speaks, and of those that somebody looks at, that one.
    if (!this.#isFirstTab && !isLooking.value) return;
    if (preferences.value.sound) this.#ring();
    if (preferences.value.desktop && !isLooking.value) this.#show(message, view);
  }

  /** Lets the person hear what a chime is; browsers allow sound after that. */
  tryOut(): void {
    this.#chime.ring();
  }

  stop(): void {
    this.#closing.abort();
  }

  #isSeen(consumer: string): boolean {
    return isLooking.value && this.#surroundings.shown() === consumer;
  }

  #ring(): void {
    if (performance.now() - this.#rang < chimeEveryMs) return;
    this.#rang = performance.now();
    this.#chime.ring();
  }

  #show({ content, seq }: Message, view: RoomView): void {
    if (globalThis.Notification?.permission !== "granted") return;
    const path = threadPath(view.consumer);
    try {
      const note = new Notification(say("note_title", { name: nameOf(view) }), {
        body: content.slice(0, previewLength),
        tag: view.consumer,
        icon: "/messages/icon.svg",
        data: { seq },
      });
      note.onclick = () => {
        focus();
        this.#surroundings.go(path);
        note.close();
      };
    } catch {
      // Some phones let only a service worker show notifications; there the sound and the badge have to do.
    }
  }

  /** The tab that holds the lock speaks for all; when it goes, the next one does. */
  async #waitForTurn(): Promise<void> {
    if (!navigator.locks) return void (this.#isFirstTab = true);
    const { signal } = this.#closing;
    await navigator.locks.request("parlor:herald", { signal }, () => {
      this.#isFirstTab = true;
      return new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    }).catch(() => {});
  }
}

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
/** Several messages within this time make one sound. Milliseconds. */
const chimeEveryMs = 1_500;

interface Surroundings {
  /** The room shown in this page while it is visible. */
  shown(): string | undefined;
  go(path: string): void;
}

/**
 * Notifies of a visitor's message, and of what the bot hands over, by sound and desktop notification, unless somebody is
 * looking at the room.
 */
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
    const { kind, side, content } = message;
    const isForTeam = kind === "text"
      ? side === "visitor" && view.status !== "bot"
      : kind === "status" && content === "waiting";
    if (!isForTeam || view.blocked || this.#isSeen(view.consumer)) return;
    // Of several tabs only one notifies, preferably one that is visible.
    if (!this.#isFirstTab && !isLooking.value) return;
    if (preferences.value.sound) this.#ring();
    if (preferences.value.desktop && !isLooking.value) this.#show(message, view);
  }

  /** Plays the sound once; browsers allow sound after that click. */
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

  #show({ content, kind, seq }: Message, view: RoomView): void {
    if (globalThis.Notification?.permission !== "granted") return;
    const path = threadPath(view.consumer);
    try {
      const note = new Notification(say("note_title", { name: nameOf(view) }), {
        body: kind === "text" ? content.slice(0, previewLength) : "",
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
      // Some phones allow notifications only from a service worker; there the sound and the badge remain.
    }
  }

  /** The tab that holds the lock notifies for all; when it closes, the next one gets the lock. */
  async #waitForTurn(): Promise<void> {
    if (!navigator.locks) return void (this.#isFirstTab = true);
    const { signal } = this.#closing;
    await navigator.locks.request("parlor:herald", { signal }, () => {
      this.#isFirstTab = true;
      return new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    }).catch(() => {});
  }
}

import { editableMs } from "../../../protocol/limits.ts";
import { addStyle } from "../../ui/add_style.ts";
import { Timer } from "../../client/timer.ts";
import { h, icon, listen, set } from "../../ui/dom.ts";
import type { Composer } from "../panel/composer.ts";
import type { Line } from "../panel/message_row.ts";
import { shapes } from "../panel/shapes.ts";
import type { RowPart } from "../panel/thread.ts";
import style from "./own.css" with { type: "text" };
import { ownWords } from "./own_words.ts";

addStyle(style);

/** Changes an own text to `content`, or deletes it; repeated under the same `client_id` it is done once. */
export type Change = (seq: number, client_id: string, content?: string) => Promise<void>;

const dots = "M6 12v.01M12 12v.01M18 12v.01";
/** How long a finger stays on a text. Milliseconds. */
const pressMs = 500;

/** What a visitor can do to an own recent text. The service decides whether it still can be done. */
export class OwnPart implements RowPart {
  /** Above the input: which text is edited, and what became of it. */
  readonly bar = h("div", { class: "editing", hidden: true });
  readonly menu = h("div", { class: "own-menu", role: "group", hidden: true });
  readonly #words: ReturnType<typeof ownWords>;
  readonly #composer: Composer;
  readonly #change: Change;
  readonly #problem = h("p", { class: "refused", role: "alert" });
  /** The seq of the text that the menu belongs to. */
  #open?: number;

  constructor(locale: string, composer: Composer, change: Change) {
    this.#words = ownWords(locale);
    this.#composer = composer;
    this.#change = change;
    this.menu.ariaLabel = this.#words.say("more");
    const cancel = h("button", { type: "button", class: "tool", "aria-label": this.#words.say("cancel") });
    cancel.append(icon(shapes.close));
    listen(cancel, { click: () => (composer.stopEditing(), composer.focus()) });
    this.bar.append(h("span", { role: "status" }, this.#words.say("editing")), cancel, this.#problem);
    listen(this.menu, {
      keydown: (event) => {
        if (event.key !== "Escape") return;
        // The panel's own would close the chat.
        event.stopPropagation();
        this.#close(true);
      },
      focusout: ({ relatedTarget }) => {
        if (relatedTarget && !this.menu.contains(relatedTarget as Node)) this.#close();
      },
    });
    document.addEventListener("pointerdown", ({ target }) => {
      const isMine = this.menu.contains(target as Node) || (target as Element).closest?.(".more");
      if (!isMine) this.#close();
    });
  }

  mark(line: Line): string {
    return isRecent(line) ? "own" : "";
  }

  add(row: HTMLElement, line: Line): void {
    if (!isRecent(line)) return;
    const { seq } = line.message!;
    const more = h("button", {
      type: "button",
      class: "more",
      "aria-label": this.#words.say("more"),
      "aria-expanded": this.#open === seq ? "true" : "false",
      "data-seq": seq,
    }, icon(dots));
    const bubble = row.querySelector<HTMLElement>(".bubble")!;
    bubble.after(listen(more, {
      click: () => this.#open === seq ? this.#close(true) : this.#show(line),
    }));
    row.classList.add("own");
    this.#watchPress(bubble, line);
  }

  /** Places the menu at its text, which may have moved. */
  place(): void {
    const row = this.#more?.closest(".row");
    if (!row || this.menu.hidden) return;
    const { left, right, top, bottom } = row.querySelector(".bubble")!.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.menu;
    const isRtl = document.dir === "rtl";
    const x = Math.min(Math.max(8, isRtl ? left : right - offsetWidth), innerWidth - offsetWidth - 8);
    const below = bottom + 4, y = below + offsetHeight < innerHeight - 8 ? below : top - offsetHeight - 4;
    this.menu.style.left = `${x}px`;
    this.menu.style.top = `${Math.max(8, y)}px`;
  }

  get #more(): HTMLElement | null {
    return document.querySelector(`.more[data-seq="${this.#open}"]`);
  }

  /** A finger that stays opens the menu; one that scrolls does not. */
  #watchPress(bubble: HTMLElement, line: Line): void {
    const timer = new Timer();
    const stop = () => timer.clear();
    const isOpen = () => this.#open === line.message!.seq;
    listen(bubble, {
      pointerdown: ({ pointerType }) => {
        if (pointerType !== "mouse") timer.set(pressMs, () => this.#show(line));
      },
      pointerup: stop,
      pointercancel: stop,
      pointerleave: stop,
      contextmenu: (event) => {
        if (isOpen()) event.preventDefault();
      },
      // The click that would follow takes the focus from the menu.
      touchend: (event) => {
        if (isOpen()) event.preventDefault();
      },
    });
  }

  #show({ message }: Line): void {
    this.#close();
    const { seq, content } = message!;
    this.#open = seq;
    set(this.#more!, { "aria-expanded": "true" });
    this.#fill(
      this.#button("edit", () => this.#edit(seq, content)),
      this.#button("delete", () => this.#askDelete(seq)),
    );
  }

  #fill(...children: HTMLElement[]): void {
    this.menu.replaceChildren(...children);
    this.menu.hidden = false;
    this.place();
    this.menu.querySelector("button")!.focus();
  }

  #button(word: "edit" | "delete" | "cancel", act: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: word }, this.#words.say(word));
    return listen(button, { click: act });
  }

  #close(isBack = false): void {
    if (this.#open === undefined) return;
    const more = this.#more;
    this.#open = undefined;
    this.menu.hidden = true;
    if (more) set(more, { "aria-expanded": "false" });
    if (isBack) (more ?? this.#composer).focus();
  }

  #edit(seq: number, before: string): void {
    this.#close();
    this.#problem.textContent = "";
    let sent = "", client_id = "";
    const save = async (content: string) => {
      if (content === before) return void this.#composer.stopEditing();
      // What was asked before and may have been done is the same request again.
      if (content !== sent) client_id = crypto.randomUUID();
      sent = content;
      this.#problem.textContent = "";
      const isSame = () => isOn && this.#composer.text.trim() === content;
      const code = await this.#outcome(this.#change(seq, client_id, content));
      if (!code && isSame()) this.#composer.stopEditing();
      else if (code && isOn) this.#problem.textContent = this.#why(code, "not_saved");
    };
    let isOn = true;
    const ended = () => {
      isOn = false;
      this.bar.hidden = true;
    };
    this.#composer.edit(before, { save: (content) => void save(content), ended });
    this.bar.hidden = false;
  }

  #askDelete(seq: number): void {
    const client_id = crypto.randomUUID();
    const problem = h("p", { class: "refused", role: "alert" });
    const remove = this.#button("delete", async () => {
      if (remove.ariaDisabled) return;
      set(remove, { "aria-disabled": "true" });
      problem.textContent = "";
      const code = await this.#outcome(this.#change(seq, client_id));
      set(remove, { "aria-disabled": false });
      if (this.#open !== seq) return;
      if (!code) {
        this.#close();
        return this.#composer.focus();
      }
      problem.textContent = this.#why(code, "not_deleted");
      this.place();
    });
    const cancel = this.#button("cancel", () => this.#close(true));
    this.#fill(h("p", {}, this.#words.say("ask")), remove, cancel, problem);
  }

  /** The code of what went wrong. */
  #outcome(change: Promise<void>): Promise<string | undefined> {
    return change.then(() => undefined, ({ message }: Error) => message);
  }

  #why(code: string, otherwise: "not_saved" | "not_deleted"): string {
    return this.#words.say(code === "not_editable" ? "too_late" : otherwise);
  }
}

function isRecent({ side, message, isDeleted, at }: Line): boolean {
  return side === "mine" && message?.kind === "text" && !isDeleted && Date.now() - at < editableMs;
}

import { maxContentLength } from "../../../protocol/limits.ts";
import { blockFileDrop } from "../../ui/block_file_drop.ts";
import { isComposing } from "../../ui/is_composing.ts";
import { h, icon, listen, set } from "../../ui/dom.ts";
import { Timer } from "../../client/timer.ts";
import { EmojiPicker } from "./emoji_picker.ts";
import { shapes } from "./shapes.ts";
import type { Words } from "../frame/words.ts";

export interface ComposerListener {
  send(content: string): void;
  typing(typing: boolean): void;
  /** The draft, after each change of the input. */
  changed(text: string): void;
}

/** An own text that is changed in the input, in place of a new one. */
export interface Editing {
  /** What stood in the input before, and will again. */
  draft: string;
  save(content: string): void;
  /** It is over, saved or not. */
  ended(): void;
}

/** Interval of typing notices while somebody writes. Milliseconds. */
const typingMs = 2_500;
/** Remaining characters from which the count is shown. */
const nearEnd = 200;

/** The visitor's input. */
export class Composer {
  readonly element = h("form", { class: "composer" });
  readonly #input: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #smile: HTMLButtonElement;
  readonly picker: EmojiPicker;
  #words: Words;
  #listener: ComposerListener;
  #told = 0;
  #refusedFiles = false;
  #stopped = new Timer();
  #editing?: Editing;

  constructor(words: Words, listener: ComposerListener) {
    this.#words = words;
    this.#listener = listener;
    this.#input = h("textarea", { rows: 1, dir: "auto", autocomplete: "off", enterkeyhint: "send" });
    this.#send = h("button", { class: "tool send", "aria-label": words.say("send") }, icon(shapes.send));
    this.#smile = h("button", { type: "button", class: "tool", "aria-label": words.say("emoji") });
    this.#smile.append(icon(shapes.smile));
    this.picker = new EmojiPicker(words.say("emoji"), (emoji) => this.#insert(emoji));
    this.element.append(this.#input, this.#smile, this.#send);
    listen(this.#smile, { click: () => this.showPicker() });
    listen(this.#input, { input: () => this.#changed(), keydown: (event) => this.#key(event) });
    listen(this.element, {
      submit: (event) => {
        event.preventDefault();
        this.#submit();
      },
    });
    this.setPlaceholder(words.say("placeholder"));
    this.#changed();
  }

  get text(): string {
    return this.#input.value;
  }

  set text(text: string) {
    const was = this.#editing;
    this.#editing = undefined;
    this.#input.value = text;
    was?.ended();
    this.#changed();
  }

  /** The new text that is being written, also while an earlier one is edited. */
  get draft(): string {
    return this.#editing?.draft ?? this.text;
  }

  edit(content: string, editing: Omit<Editing, "draft">): void {
    this.text = this.draft;
    this.#editing = { ...editing, draft: this.text };
    this.#input.value = content;
    this.#changed();
    this.focus();
  }

  /** Back to the draft. Returns whether a text was being edited. */
  stopEditing(): boolean {
    const { draft } = this.#editing ?? {};
    if (draft === undefined) return false;
    this.text = draft;
    return true;
  }

  /** Characters over the limit that what is written has, or a negative number. */
  get excess(): number {
    return [...this.text.trim()].length - maxContentLength;
  }

  /** What stands in the way of sending. */
  get isRefused(): boolean {
    return this.excess > 0 || this.#refusedFiles;
  }

  /** What to say of files, or of the length once it is worth a word. */
  get notice(): string {
    const { excess } = this;
    if (this.#refusedFiles) return this.#words.say("no_files");
    if (excess <= -nearEnd) return "";
    const number = new Intl.NumberFormat(this.#words.locale);
    const n = number.format(excess + maxContentLength);
    const max = number.format(maxContentLength);
    return excess > 0 ? this.#words.say("too_long", { n, max }) : `${n} / ${max}`;
  }

  setPlaceholder(text: string): void {
    set(this.#input, { placeholder: text, "aria-label": text });
  }

  focus(): void {
    this.#input.focus();
  }

  /** Blocks dropped or pasted files from navigating away, and says that they cannot be sent. */
  refuseFiles(event: DragEvent | ClipboardEvent): void {
    if (!blockFileDrop(event)) return;
    this.#refusedFiles = true;
    this.#listener.changed(this.draft);
  }

  showPicker(open = !this.picker.isOpen): void {
    this.picker.toggle(open);
    set(this.#smile, { "aria-expanded": `${open}` });
    if (!open) this.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const content = this.text.trim();
    if (!content || this.excess > 0) return;
    if (this.#editing) return this.#editing.save(content);
    // In this order: until the message is kept, the draft is.
    this.#listener.send(content);
    this.text = "";
    this.showPicker(false);
  }

  #insert(emoji: string): void {
    const { selectionStart, selectionEnd } = this.#input;
    this.#input.setRangeText(emoji, selectionStart, selectionEnd, "end");
    this.showPicker(false);
    this.#changed();
  }

  #changed(): void {
    const isReady = this.text.trim() !== "" && this.excess <= 0;
    set(this.#send, { "aria-disabled": !isReady && "true" });
    // While it is measured it is low; the thread above would take the room and lose its place.
    this.element.style.height = `${this.element.offsetHeight}px`;
    this.#input.style.height = "0";
    this.#input.style.height = `${Math.max(40, this.#input.scrollHeight)}px`;
    this.element.style.height = "";
    this.#refusedFiles = false;
    if (!this.#editing) this.#tellTyping();
    this.#listener.changed(this.draft);
  }

  #tellTyping(): void {
    const now = Date.now();
    if (this.text === "") {
      this.#stopped.clear();
      if (this.#told) this.#listener.typing(false);
      this.#told = 0;
    } else if (now - this.#told > typingMs) {
      this.#told = now;
      this.#listener.typing(true);
    }
    if (this.#told) this.#stopped.set(2 * typingMs, () => (this.#told = 0, this.#listener.typing(false)));
  }
}

import { h, listen } from "../../ui/dom.ts";

const emojis = ("😀 😃 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 😕 😢 😭 😤 😡 😱 👍 👎 👌 🙏 👏 🙌 💪 👋 " +
  "❤️ 💔 🔥 ✨ 🎉 ✅ ❌ ⚠️ ❓ 💡 📷 📦").split(" ");

/** A small grid of emoji, drawn by the system's own font. Arrow keys move in it. */
export class EmojiPicker {
  readonly element = h("div", { class: "emojis", role: "group", hidden: true });

  constructor(label: string, chosen: (emoji: string) => void) {
    this.element.ariaLabel = label;
    for (const [i, emoji] of emojis.entries()) {
      const button = h("button", { type: "button", tabindex: i ? -1 : 0 }, emoji);
      this.element.append(listen(button, { click: () => chosen(emoji) }));
    }
    listen(this.element, { keydown: (event) => this.#move(event) });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = !this.isOpen): void {
    this.element.hidden = !open;
    if (open) (this.element.firstElementChild as HTMLElement).focus();
  }

  #move(event: KeyboardEvent): void {
    const forward = document.dir === "rtl" ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: 8,
      ArrowUp: -8,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.element.children] as HTMLElement[];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = all[at + step];
    if (!next) return;
    all[at]!.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

import { h } from "../../ui/dom.ts";

/** Says new messages to a screen reader, each once: the list itself is silent, however it is drawn. */
export class Announcer {
  readonly element = h("div", { class: "spoken", role: "log", "aria-live": "polite" });

  say(text: string): void {
    this.element.append(h("p", {}, text));
    if (this.element.childElementCount > 20) this.element.firstElementChild!.remove();
  }
}

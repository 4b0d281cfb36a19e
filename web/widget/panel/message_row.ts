import type { Message } from "../../../protocol/records.ts";
import { h, icon } from "../../ui/dom.ts";
import { cutLinks } from "../../../protocol/links.ts";
import { nameTime } from "../../ui/days.ts";
import { faceOf } from "./face.ts";
import { shapes } from "./shapes.ts";
import type { Words } from "../frame/words.ts";

/** Delivery state of an own message; `none` for others, `written` while it might still be lost. */
export type Progress = "none" | "written" | "sending" | "sent" | "read" | "refused";

/** Data of one bubble. */
export interface Line {
  /** Stable from the moment of writing, so that the row element is kept. */
  key: string;
  /** Tells authors apart; not shown. */
  author: string;
  /** The author as shown. */
  name: string;
  /** A person of the team, or the bot: shown with a face. `picture`: its address. */
  person?: { picture?: string };
  isBot?: boolean;
  /** As it is stored. */
  message?: Message;
  /** It is still being written. */
  isPartial?: boolean;
  side: "mine" | "theirs";
  content: string;
  at: number;
  progress: Progress;
  /** Its author has changed the text, or deleted it. */
  isEdited?: boolean;
  isDeleted?: boolean;
  /** No time is shown: it was never sent, it is always there. */
  timeless?: boolean;
}

/** What can be done from a row. */
export interface RowActions {
  retry(key: string): void;
}

/** Renders a message: author, time, text and delivery state. */
export function messageRow(line: Line, isFirst: boolean, words: Words, { retry }: RowActions): HTMLLIElement {
  const { key, person, isBot, side, at, progress, timeless } = line;
  const name = side === "mine" ? words.say("you") : line.name;
  const time = timeless ? "" : nameTime(at, words.locale);
  const between = side !== "mine" && time && " · ";
  const refused = progress === "refused";
  const look = progress === "sending" || progress === "written" ? "sending" : refused ? "unsent" : "";
  const again = h("button", { type: "button" }, words.say("again"));
  again.addEventListener("click", () => retry(key));
  return h(
    "li",
    { class: `row ${side} ${look}${isFirst ? " first" : ""}` },
    isFirst
      // Each isolated in direction, so that a Latin name does not reverse an Arabic time.
      ? h(
        "div",
        { class: "by" },
        person && h("span", { class: `person${isBot ? " bot" : ""}` }, faceOf(name, person.picture)),
        side !== "mine" && h("bdi", {}, name),
        isBot && h("span", { class: "mark" }, words.say("bot")),
        between,
        h("bdi", {}, time),
      )
      : h("span", { class: "spoken" }, name),
    h(
      "div",
      { class: "line" },
      bubble(line, words),
      !timeless && h("time", { class: "moment", datetime: new Date(at).toISOString() }, time),
    ),
    refused && h("p", { class: "refused" }, icon(shapes.wrong), words.say("not_sent"), " ", again),
  );
}

function bubble(line: Line, words: Words): HTMLElement {
  const { content, progress, isEdited, isDeleted, isPartial } = line;
  if (isPartial) return h("div", { class: "bubble", dir: "auto", "aria-busy": "true" }, content);
  if (isDeleted) return h("div", { class: "bubble deleted" }, words.say("deleted"));
  const text = cutLinks(content).map(({ text, href }) =>
    href ? h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, text) : text
  );
  const edited = isEdited && h("span", { class: "edited" }, ` (${words.say("edited")})`);
  return h("div", { class: "bubble", dir: "auto" }, ...text, edited, tick(progress, words));
}

function tick(progress: Progress, words: Words): HTMLElement | false {
  if (progress === "none" || progress === "refused") return false;
  // Nothing is promised yet; the room for it is taken, so that the words do not move.
  if (progress === "written") return h("span", { class: "tick" }, icon(""));
  const shape = progress === "sending" ? shapes.wait : shapes[progress];
  return h("span", { class: "tick" }, icon(shape), h("span", { class: "spoken" }, words.say(progress)));
}

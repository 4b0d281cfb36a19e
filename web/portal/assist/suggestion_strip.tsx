import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { addStyle } from "../controls/add_style.ts";
import { IconButton } from "../controls/button.tsx";
import { call } from "../service/calls.ts";
import { useLive } from "../service/live_context.ts";
import { percentOf, say } from "./assist_words.ts";
import style from "./assist.css" with { type: "text" };

addStyle(style);

interface StripProps {
  input: RefObject<HTMLTextAreaElement | null>;
  /** Puts a text into the composer. It sends nothing. */
  insert(text: string): void;
}

/** Answers that fit what the visitor wrote: Enter inserts one, Escape hides them, the arrow keys lead there and back. */
export function SuggestionStrip({ input, insert }: StripProps) {
  const { assist } = useLive(), strip = useRef<HTMLElement>(null);
  const suggested = assist.suggested.value;
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const buttons = [...strip.current?.querySelectorAll<HTMLElement>(".ast-answer") ?? []];
      const at = buttons.indexOf(document.activeElement as HTMLElement);
      const isInput = document.activeElement === input.current;
      const isHere = strip.current?.contains(document.activeElement);
      if (event.isComposing || (!isInput && !isHere)) return;
      if (event.key === "Escape") {
        assist.hide();
        input.current?.focus();
      } else if (event.key === "ArrowUp" && isInput && input.current?.value === "") buttons.at(-1)?.focus();
      else if (event.key === "ArrowUp" && at > 0) buttons[at - 1]!.focus();
      else if (event.key === "ArrowDown" && at >= 0) (buttons[at + 1] ?? input.current)?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the page's own keys, of which Escape leaves the conversation.
    addEventListener("keydown", heard, { capture: true });
    return () => removeEventListener("keydown", heard, { capture: true });
  }, [input]);
  if (!suggested) return null;
  const { consumer, seq, answers } = suggested;
  const use = (answer: string, body: string) => {
    insert(body);
    assist.hide();
    // The text is inserted whether that is recorded or not.
    void call("POST", "/messages/api/bot/used", { consumer, seq, answer }).catch(() => {});
  };
  return (
    <section class="ast-strip" ref={strip} aria-label={say("ast_suggested")}>
      <header>
        <span>{say("ast_suggested")}</span>
        <span class="ast-hint">{say("ast_hint")}</span>
        <IconButton
          icon="close"
          label={say("ast_hide")}
          onClick={() => (assist.hide(), input.current?.focus())}
        />
      </header>
      <ul>
        {answers.map(({ id, title, body, confidence }) => (
          <li key={id}>
            <button type="button" class="ast-answer" onClick={() => use(id, body)}>
              <bdi>{title}</bdi>
              <span class="ast-body" dir="auto">{body}</span>
              <span class="ast-part">{percentOf(confidence)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

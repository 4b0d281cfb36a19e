import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { maxContentLength } from "../../../protocol/limits.ts";
import { blockFileDrop } from "../../ui/block_file_drop.ts";
import { isComposing } from "../../ui/is_composing.ts";
import { Button, IconButton } from "../controls/button.tsx";
import { lazy } from "../controls/lazy.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import type { Talk } from "../thread/talk.ts";
import { nameOf } from "../words/names.ts";
import { locale, say } from "../words/words.ts";
import { gapFrom } from "./canned_text.ts";
import { completionId, CompletionList } from "./completion_list.tsx";
import { Modes } from "./modes.tsx";
import { overtaken, OvertakenBar, setOvertaken } from "./overtaken.tsx";
import { useCompletion } from "./use_completion.ts";
import { useDraft } from "./use_draft.ts";

/** Remaining characters from which the count is shown, and the most lines that the input grows to. */
const nearEnd = 300, mostLines = 8;

const SuggestionStrip = lazy(
  async () => (await import("../assist/suggestion_strip.tsx")).SuggestionStrip,
  () => null,
);

interface ComposerProps {
  view: RoomView;
  talk: Talk;
  sent(): void;
}

/** The agent's input: a reply to the visitor, or a note for colleagues. Each has a draft of its own per room. */
export function Composer({ view, talk, sent }: ComposerProps) {
  const live = useLive();
  const { consumer } = view;
  const isNote = live.mode.value === "note" || !live.mayWrite.value;
  const input = useRef<HTMLTextAreaElement>(null);
  const refusedFiles = useSignal(false);
  const { text, put, typed, stopTyping } = useDraft(consumer, isNote);
  const completion = useCompletion(input, view, isNote);
  const stopped = useComputed(() => overtaken.value[consumer]).value;
  useTakenBack(consumer, { isNote, text: text.value, put });
  useLayoutEffect(() => {
    refusedFiles.value = false;
    completion.close();
  }, [consumer, isNote]);
  useLayoutEffect(() => grow(input.current!), [text.value, consumer, isNote]);

  const trimmed = text.value.trim(), gap = gapFrom(text.value, 0);
  const excess = [...trimmed].length - maxContentLength;
  const isStopped = !isNote && stopped?.text === trimmed;
  const canSend = trimmed !== "" && excess <= 0 && !isStopped && !gap;
  const write = () => {
    const isAlone = live.team.members.value.length < 2;
    if (isNote) live.notes.write(consumer, trimmed);
    else live.write(consumer, trimmed, isAlone ? undefined : Math.max(talk.last, stopped?.seen ?? 0));
    stopTyping();
    put("");
    live.drafts.flush();
    if (!isNote) setOvertaken(consumer, undefined);
    // A note is never what is written next by mistake.
    live.mode.value = "reply";
    sent();
    input.current?.focus();
  };
  const send = () => {
    if (canSend) return write();
    if (gap) input.current!.setSelectionRange(gap.from, gap.to);
  };
  const refuseFiles = (event: DragEvent | ClipboardEvent) => {
    if (blockFileDrop(event)) refusedFiles.value = true;
  };
  useLayoutEffect(() => {
    addEventListener("drop", refuseFiles);
    return () => removeEventListener("drop", refuseFiles);
  }, []);

  const words = placeholderOf(view, isNote);
  const isBad = excess > 0 || refusedFiles.value;
  const { offers, at } = completion;
  return (
    <>
      {!isNote && stopped && (
        <OvertakenBar
          talk={talk}
          seen={stopped.seen}
          sendAnyway={() => trimmed !== "" && excess <= 0 && write()}
          discard={() => {
            put("");
            setOvertaken(consumer, undefined);
            input.current?.focus();
          }}
        />
      )}
      {!isNote && live.assist.suggested.value?.consumer === consumer && (
        <SuggestionStrip
          input={input}
          insert={(body) => {
            typed(trimmed ? `${trimmed}\n${body}` : body);
            input.current!.focus();
          }}
        />
      )}
      <form
        class={`composer ${isNote ? "is-note" : ""}`}
        onSubmit={(event) => (event.preventDefault(), send())}
      >
        <CompletionList {...completion} />
        <Modes consumer={consumer} isNote={isNote} focus={() => input.current?.focus()} />
        <textarea
          ref={input}
          rows={1}
          dir={text.value ? "auto" : undefined}
          value={text.value}
          placeholder={words}
          aria-label={words}
          aria-describedby="composer-note"
          aria-autocomplete="list"
          aria-controls={offers.length > 0 ? completionId : undefined}
          aria-activedescendant={offers.length > 0 ? `${completionId}-${at}` : undefined}
          enterkeyhint="send"
          onInput={(event) => {
            refusedFiles.value = false;
            typed(event.currentTarget.value);
            completion.look();
          }}
          onClick={completion.look}
          onBlur={() => {
            live.drafts.flush();
            completion.close();
          }}
          onPaste={refuseFiles}
          onKeyDown={(event) => {
            if (isComposing(event) || completion.keyed(event)) return;
            if (event.key === "Tab" && !event.shiftKey && toNextGap(event.currentTarget)) {
              return event.preventDefault();
            }
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            send();
          }}
        />
        <div class="composer-tools">
          <IconButton icon="canned" label={say("canned_replies")} onClick={() => completion.begin("/")} />
          {isNote && <IconButton icon="at" label={say("colleagues")} onClick={() => completion.begin("@")} />}
          <p id="composer-note" class={`composer-note ${isBad ? "bad" : ""}`} role="status">
            {refusedFiles.value
              ? say("no_files")
              : gap
              ? say("fill_in", { name: gap.name })
              : lengthWords(excess) || (isNote ? say("note_only_team") : "")}
          </p>
          <Button class="send" type="submit" kind="main" aria-disabled={!canSend}>
            {say(isNote ? "add_note" : "send")}
          </Button>
        </div>
      </form>
    </>
  );
}

/** Puts the text of a reply that was overtaken back into the composer. */
function useTakenBack(
  consumer: string,
  { isNote, text, put }: { isNote: boolean; text: string; put(text: string): void },
): void {
  const live = useLive();
  const late = live.pending.value.filter((one) => one.consumer === consumer && one.refused === "overtaken");
  useLayoutEffect(() => {
    if (late.length === 0) return;
    const back = late.map(({ content }) => content).join("\n");
    const draft = isNote ? live.drafts.read(consumer) : text;
    const whole = [back, draft].filter((part) => part.trim() !== "").join("\n");
    if (isNote) live.drafts.write(consumer, whole);
    else put(whole);
    live.drafts.flush();
    setOvertaken(consumer, { text: whole.trim(), seen: Math.max(...late.map(({ seen = 0 }) => seen)) });
    for (const { client_id } of late) live.withdraw(client_id);
  }, [consumer, late.map(({ client_id }) => client_id).join()]);
}

/** Selects the next gap of a canned reply, if one follows. */
function toNextGap(input: HTMLTextAreaElement): boolean {
  const gap = gapFrom(input.value, input.selectionEnd);
  if (gap) input.setSelectionRange(gap.from, gap.to);
  return gap !== undefined;
}

/** Isolates a name of another direction, where no element can. */
const isolated = (name: string) => `\u2068${name}\u2069`;

function placeholderOf(view: RoomView, isNote: boolean): string {
  if (isNote) return say("write_note");
  const word = view.blocked ? "write_blocked" : view.status === "resolved" ? "write_reopens" : "write_to";
  return say(word, { name: isolated(nameOf(view)) });
}

function lengthWords(excess: number): string {
  if (excess <= -nearEnd) return "";
  const number = new Intl.NumberFormat(locale());
  const n = number.format(excess + maxContentLength), max = number.format(maxContentLength);
  return excess > 0 ? say("too_long", { n, max }) : `${n} / ${max}`;
}

/** Fits the height to the content, up to the most lines. */
function grow(input: HTMLTextAreaElement): void {
  const box = input.parentElement!;
  // While it is measured it is low; the thread above would grow and lose its scroll position.
  box.style.height = `${box.offsetHeight}px`;
  input.style.height = "auto";
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(input);
  const most = parseFloat(lineHeight) * mostLines + parseFloat(paddingTop) + parseFloat(paddingBottom);
  input.style.height = `${Math.min(input.scrollHeight, most)}px`;
  input.style.overflowY = input.scrollHeight > most ? "auto" : "hidden";
  box.style.height = "";
}

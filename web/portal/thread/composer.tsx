import { blockFileDrop } from "../../ui/block_file_drop.ts";
import { isComposing } from "../../ui/is_composing.ts";
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { maxContentLength } from "../../../protocol/limits.ts";
import { IconButton } from "../controls/button.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { locale, say } from "../words/words.ts";

/** Remaining characters from which the count is shown, and the most lines that the input grows to. */
const nearEnd = 300, mostLines = 8;
/** Idle time after which typing has stopped. Milliseconds. */
const restMs = 5_000;

/** The admin's input. Its draft is stored per room until it is sent. */
export function Composer({ view, sent }: { view: RoomView; sent(): void }) {
  const live = useLive();
  const { consumer } = view;
  const input = useRef<HTMLTextAreaElement>(null);
  const text = useSignal(""), refusedFiles = useSignal(false);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const put = (value: string) => {
    text.value = value;
    live.drafts.write(consumer, value);
  };
  useLayoutEffect(() => {
    text.value = live.drafts.read(consumer);
    refusedFiles.value = false;
    return () => stopTyping();
  }, [consumer]);
  useLayoutEffect(() => grow(input.current!), [text.value, consumer]);

  const stopTyping = () => {
    clearTimeout(rest.current);
    live.typing(consumer, false);
  };
  const typed = (value: string) => {
    put(value);
    refusedFiles.value = false;
    clearTimeout(rest.current);
    if (value.trim() === "") return live.typing(consumer, false);
    live.typing(consumer, true);
    rest.current = setTimeout(stopTyping, restMs);
  };
  const excess = [...text.value.trim()].length - maxContentLength;
  const canSend = text.value.trim() !== "" && excess <= 0;
  const send = () => {
    if (!canSend) return;
    live.write(consumer, text.value.trim());
    stopTyping();
    put("");
    live.drafts.flush();
    sent();
    input.current?.focus();
  };
  const refuseFiles = (event: DragEvent | ClipboardEvent) => {
    if (blockFileDrop(event)) refusedFiles.value = true;
  };
  useLayoutEffect(() => {
    addEventListener("drop", refuseFiles);
    return () => removeEventListener("drop", refuseFiles);
  }, []);

  const placeholder = view.blocked
    ? "write_blocked"
    : view.status === "resolved"
    ? "write_reopens"
    : "write_to";
  const words = say(placeholder, { name: isolated(nameOf(view)) });
  return (
    <form
      class="composer"
      onSubmit={(event) => (event.preventDefault(), send())}
    >
      <textarea
        ref={input}
        rows={1}
        dir={text.value ? "auto" : undefined}
        value={text.value}
        placeholder={words}
        aria-label={words}
        aria-describedby="composer-note"
        enterkeyhint="send"
        onInput={(event) => typed(event.currentTarget.value)}
        onBlur={() => live.drafts.flush()}
        onPaste={refuseFiles}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton class="send" type="submit" icon="send" label={say("send")} aria-disabled={!canSend} />
      <p
        id="composer-note"
        class={`composer-note ${excess > 0 || refusedFiles.value ? "bad" : ""}`}
        role="status"
      >
        {refusedFiles.value ? say("no_files") : lengthWords(excess)}
      </p>
    </form>
  );
}

/** Isolates a name of another direction, where no element can. */
const isolated = (name: string) => `\u2068${name}\u2069`;

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

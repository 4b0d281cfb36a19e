import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useLive } from "../service/live_context.ts";

/** Idle time after which typing has stopped. Milliseconds. */
const restMs = 5_000;

/** No consumer id has a space in it. */
const draftOf = (consumer: string, isNote: boolean) => isNote ? `${consumer} note` : consumer;

/** The draft of a room in one mode. Colleagues hear that it is being written; of a reply, the visitor too. */
export function useDraft(consumer: string, isNote: boolean) {
  const live = useLive();
  const text = useSignal("");
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const key = draftOf(consumer, isNote);
  const put = (value: string) => {
    text.value = value;
    live.drafts.write(key, value);
  };
  const stopTyping = () => {
    clearTimeout(rest.current);
    live.composing.value = false;
    live.typing(consumer, false);
  };
  useLayoutEffect(() => {
    text.value = live.drafts.read(key);
    return stopTyping;
  }, [key]);
  const typed = (value: string) => {
    put(value);
    clearTimeout(rest.current);
    if (value.trim() === "") return stopTyping();
    live.composing.value = true;
    live.watch(consumer, true);
    if (!isNote) live.typing(consumer, true);
    rest.current = setTimeout(stopTyping, restMs);
  };
  return { text, put, typed, stopTyping };
}

import { make } from "./page_document.ts";
import { mark, readToHost, type ToFrame, type ToHost } from "../bridge.ts";

/** Timeouts of the frame in milliseconds: after the request, and after its load event. */
const answerMs = 15_000;
const loadedMs = 1_500;

/** The chat's iframe as the host page sees it. */
export function openFrame(
  parent: HTMLElement,
  origin: string,
  { path, title, heard, failed }: {
    path: string;
    title: string;
    heard: (message: ToHost) => void;
    failed: () => void;
  },
) {
  const frame = make("iframe");
  let waiting: ToFrame[] | undefined = [];
  let timer = setTimeout(failed, answerMs);

  /** Sends, or queues until the frame is ready. */
  const post = (message: ToFrame) => {
    if (waiting) waiting.push(message);
    else frame.contentWindow?.postMessage({ parlor: mark, ...message }, origin);
  };

  const receive = (event: MessageEvent) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const message = readToHost(event.data);
    if (!message) return;
    if (message.type !== "hello") return heard(message);
    clearTimeout(timer);
    frame.className = "here";
    const kept = waiting ?? [];
    waiting = undefined;
    // What the listener has to say first comes before what was waiting.
    heard(message);
    kept.forEach(post);
  };

  frame.title = title;
  frame.src = origin + path;
  // A frame that the browser blocks or cannot reach also fires `load`, but never says hello.
  frame.onload = () => {
    clearTimeout(timer);
    if (waiting) timer = setTimeout(failed, loadedMs);
  };
  addEventListener("message", receive);
  parent.append(frame);

  return {
    post,
    /** It was removed and inserted again, so it loads again. */
    restart() {
      waiting ??= [];
      frame.className = "";
      clearTimeout(timer);
      timer = setTimeout(failed, answerMs);
    },
    remove() {
      clearTimeout(timer);
      removeEventListener("message", receive);
      frame.remove();
    },
  };
}

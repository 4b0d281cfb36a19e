import type { Message } from "../../../protocol/records.ts";
import { lazy } from "../controls/lazy.tsx";
import { memo } from "../controls/memo.ts";
import { cutLinks } from "../../../protocol/links.ts";
import { Icon, type Shape } from "../controls/icon.tsx";
import { Face } from "../desk/face.tsx";
import { timeOf } from "../words/times.ts";
import { say, type Word } from "../words/words.ts";

/** Delivery state of an own message. */
export type Progress = "sending" | "sent" | "read";

interface BubbleProps {
  content: string;
  /** Milliseconds since 1970. */
  at: number;
  isOwn: boolean;
  /** The first of a group shows author and time. */
  isFirst: boolean;
  by: string;
  /** The colleague who wrote it, where several answer. */
  face?: { id: string; name: string; avatarUrl?: string };
  isBot?: boolean;
  progress?: Progress;
  /** It is the search result. */
  isFound?: boolean;
  /** Its seq, if a person of the team wrote it. */
  own?: number;
  /** This member may still change it. */
  isRecent?: boolean;
  /** The message, where it carries more than its text. */
  more?: Message;
  /** What its author has done to it since. */
  change?: "edited" | "deleted";
}

const BotMessage = lazy(async () => (await import("../assist/bot_message.tsx")).BotMessage, () => null);
const OwnText = lazy(async () => (await import("./own_text.tsx")).OwnText, () => null);

const shapes: Record<Progress, Shape> = { sending: "clock", sent: "check", read: "checks" };

/** One message. Links are links; everything else is plain text. */
export const Bubble = memo(
  function Bubble(
    { content, at, isOwn, isFirst, by, face, isBot, progress, isFound, change, own, isRecent, more }:
      BubbleProps,
  ) {
    const time = timeOf(at);
    return (
      <div
        class={`row ${isOwn ? "own" : "theirs"} ${isFirst ? "first" : ""} ${progress ?? ""} ${
          isFound ? "found" : ""
        } ${isBot ? "bot" : ""} ${face ? "with-face" : ""}`}
      >
        {isFirst && (
          <p class="by">
            <bdi>{by}</bdi> <time dateTime={new Date(at).toISOString()}>{time}</time>
          </p>
        )}
        <div class="line">
          {face && (isFirst ? <Face {...face} size={24} /> : <span class="face-room" />)}
          <div class={`bubble ${change ?? ""}`} dir="auto">
            {change === "deleted"
              ? say("deleted_text")
              : cutLinks(content).map(({ text, href }, i) =>
                href
                  ? <a key={i} href={href} target="_blank" rel="noopener noreferrer nofollow">{text}</a>
                  : text
              )}
            {change === "edited" && <span class="edited-mark">{say("edited_text")}</span>}
            {progress && <Tick progress={progress} />}
          </div>
          {own !== undefined && <OwnText seq={own} content={content} isRecent={isRecent} />}
          {!isFirst && <span class="moment" aria-hidden="true">{time}</span>}
        </div>
        {more && <BotMessage message={more} />}
      </div>
    );
  },
);

function Tick({ progress }: { progress: Progress }) {
  return (
    <span class="tick" title={say(progress)}>
      <Icon shape={shapes[progress]} />
      <span class="spoken">{say(progress)}</span>
    </span>
  );
}

/** An own message that the service has refused. */
export function Refused({ content, why, retry }: { content: string; why: Word; retry?: () => void }) {
  return (
    <div class="row own refused">
      <div class="line">
        <div class="bubble" dir="auto">{content}</div>
      </div>
      <p class="refusal" role="alert">
        <Icon shape="alert" /> {say(why)} {retry && (
          <button
            type="button"
            onClick={(event) => {
              // The button disappears with the focus.
              event.currentTarget.closest<HTMLElement>(".thread-scroll")?.focus({ preventScroll: true });
              retry();
            }}
          >
            {say("try_again")}
          </button>
        )}
      </p>
    </div>
  );
}

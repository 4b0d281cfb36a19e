import { signal } from "@preact/signals";
import { Button } from "../controls/button.tsx";
import { Face } from "../desk/face.tsx";
import { useLive } from "../service/live_context.ts";
import type { Talk } from "../thread/talk.ts";
import { say } from "../words/words.ts";

/** Replies that a colleague was quicker than, by room: the text as it was to be sent. */
export const overtaken = signal<Readonly<Record<string, { text: string; seen: number }>>>({});

export function setOvertaken(consumer: string, state: { text: string; seen: number } | undefined): void {
  const { [consumer]: _, ...others } = overtaken.value;
  overtaken.value = state ? { ...others, [consumer]: state } : others;
}

interface OvertakenBarProps {
  talk: Talk;
  seen: number;
  sendAnyway(): void;
  discard(): void;
}

/** A colleague, or the bot, answered first: the text stays in the composer. */
export function OvertakenBar({ talk, seen, sendAnyway, discard }: OvertakenBarProps) {
  const { inbox } = useLive();
  const first = talk.shown.value.blocks.flat().find(({ seq, side, by, kind }) =>
    seq > seen && side === "admin" && kind === "text" && (by === "bot" || by?.id !== inbox.you.value)
  );
  const by = first?.by;
  const name = by === "bot" ? say("the_bot") : by?.name ?? say("a_colleague");
  return (
    <div class="overtaken" role="alert">
      {typeof by === "object" && <Face id={by.id} name={name} avatarUrl={by.avatar_url} size={24} />}
      <div>
        <p class="overtaken-title">{say("overtaken_title", { name })}</p>
        <p>{say("overtaken_text")}</p>
        <div class="overtaken-acts">
          <Button onClick={sendAnyway}>{say("send_anyway")}</Button>
          <Button kind="quiet" onClick={discard}>{say("discard")}</Button>
        </div>
      </div>
    </div>
  );
}

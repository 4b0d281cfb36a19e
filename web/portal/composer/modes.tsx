import { Icon } from "../controls/icon.tsx";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";
import { WatchLine } from "./watch_line.tsx";

interface ModesProps {
  consumer: string;
  isNote: boolean;
  focus(): void;
}

/** What is being written: a reply to the visitor, or a note that only the team sees. */
export function Modes({ consumer, isNote, focus }: ModesProps) {
  const live = useLive();
  const choose = (mode: "reply" | "note") => {
    live.mode.value = mode;
    focus();
  };
  return (
    <div class="modes" role="group" aria-label={say("write_as")}>
      {live.mayWrite.value && (
        <button type="button" aria-pressed={!isNote} onClick={() => choose("reply")}>
          {say("mode_reply")} <kbd aria-hidden="true">R</kbd>
        </button>
      )}
      <button type="button" class="mode-note" aria-pressed={isNote} onClick={() => choose("note")}>
        {isNote && <Icon shape="lock" />}
        {say("mode_note")} <kbd aria-hidden="true">N</kbd>
      </button>
      <WatchLine consumer={consumer} />
    </div>
  );
}

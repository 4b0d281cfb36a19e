import type { ReadonlySignal } from "@preact/signals";
import { Button } from "../controls/button.tsx";
import { prefer, preferences } from "../preferences.ts";
import { say } from "../words.ts";
import { allowDesktop } from "./allow.ts";

/** Asks once whether to be notified, after the first message has come in by itself: then it is plain what for. */
export function AskToNotify({ hasHeard }: { hasHeard: ReadonlySignal<boolean> }) {
  const isOpen = hasHeard.value && !preferences.value.asked &&
    globalThis.Notification?.permission === "default";
  if (!isOpen) return null;
  const allow = async () => prefer({ desktop: await allowDesktop(), asked: true });
  return (
    <div class="ask" role="status">
      <p>{say("ask_title")}</p>
      <div class="buttons">
        <Button kind="main" onClick={() => void allow()}>{say("ask_yes")}</Button>
        <Button onClick={() => prefer({ asked: true })}>{say("ask_no")}</Button>
      </div>
    </div>
  );
}

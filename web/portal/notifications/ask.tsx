import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../controls/button.tsx";
import { prefer, type Preferences, preferences } from "../service/preferences.ts";
import { say } from "../words/words.ts";
import { allowDesktop, permission } from "./allow.ts";

/** Asks once about notifications, after the first live message, when their purpose is plain. */
export function AskToNotify({ hasHeard }: { hasHeard: ReadonlySignal<boolean> }) {
  const { asked, heard } = preferences.value;
  // Also after a reload, until it is answered.
  useEffect(() => {
    if (hasHeard.value && !heard) prefer({ heard: true });
  }, [hasHeard.value]);
  const isAllowable = permission.value === "default" || permission.value === "granted";
  const isOpen = (hasHeard.value || heard) && !asked && isAllowable;
  if (!isOpen) return null;
  const answer = (preferred: Partial<Preferences>) => {
    prefer({ ...preferred, asked: true });
    // The question disappears; the focus moves to what is below it.
    document.querySelector<HTMLElement>(".tabs [aria-selected=true]")?.focus();
  };
  const allow = async () => answer({ desktop: await allowDesktop() });
  return (
    <div class="ask" role="status">
      <p>{say("ask_title")}</p>
      <div class="buttons">
        <Button kind="main" onClick={() => void allow()}>{say("ask_yes")}</Button>
        <Button onClick={() => answer({})}>{say("ask_no")}</Button>
      </div>
    </div>
  );
}

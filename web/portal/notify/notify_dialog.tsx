import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../controls/dialog.tsx";
import { Switch } from "../controls/switch.tsx";
import { prefer, preferences } from "../preferences.ts";
import { canPush, isPushed, startPush, stopPush } from "../push/subscribe.ts";
import { say } from "../words.ts";
import { allowDesktop } from "./allow.ts";

/** How one hears that a visitor wrote, on this browser. */
export function NotifyDialog({ close, tryOut }: { close(): void; tryOut(): void }) {
  const { sound, desktop } = preferences.value;
  const [isDenied, setDenied] = useState(globalThis.Notification?.permission === "denied");
  const [pushed, setPushed] = useState(false), [problem, setProblem] = useState<"push_failed" | undefined>();
  useEffect(() => void isPushed().then(setPushed, () => {}), []);

  const setSound = (on: boolean) => {
    prefer({ sound: on });
    if (on) tryOut();
  };
  const setDesktop = async (on: boolean) => {
    const isAllowed = !on || await allowDesktop();
    setDenied(!isAllowed);
    prefer({ desktop: on && isAllowed, asked: true });
  };
  const setPush = async (on: boolean) => {
    setProblem(undefined);
    setPushed(on);
    try {
      await (on ? startPush() : stopPush());
    } catch {
      setPushed(!on);
      setProblem("push_failed");
    }
  };
  return (
    <Dialog title={say("notifications")} close={close}>
      <Switch label={say("sound")} hint={say("sound_hint")} on={sound} set={setSound} />
      <Switch
        label={say("desktop")}
        hint={say(isDenied ? "desktop_denied" : "desktop_hint")}
        on={desktop && !isDenied}
        set={(on) => void setDesktop(on)}
      />
      <Switch
        label={say("push")}
        hint={say(canPush ? "push_hint" : "push_none")}
        on={pushed}
        disabled={!canPush}
        set={(on) => void setPush(on)}
      />
      {problem && <p class="problem" role="alert">{say(problem)}</p>}
    </Dialog>
  );
}

import { useEffect, useState } from "preact/hooks";
import { prefer, preferences } from "../service/preferences.ts";
import { canPush, isPushed, startPush, stopPush } from "./subscribe.ts";
import type { Notifications } from "../settings/sections/notifications_section.tsx";
import { say } from "../words/words.ts";
import { allowDesktop, permission } from "./allow.ts";

/** The notification channels of this browser, with the state and the setter that the settings page shows. */
export function useNotificationChannels(tryOut: () => void): Notifications {
  const { sound, desktop } = preferences.value;
  const [pushed, setPushed] = useState(false);
  useEffect(() => void isPushed().then(setPushed, () => {}), []);
  const isRefused = permission.value === undefined || permission.value === "denied";
  return {
    desktop: {
      isOn: desktop && permission.value === "granted",
      unavailable: isRefused ? say("desktop_denied") : undefined,
      async set(isOn) {
        const isAllowed = isOn && await allowDesktop();
        prefer({ desktop: isAllowed, asked: true });
        return isAllowed;
      },
    },
    sound: {
      isOn: sound,
      set(isOn) {
        prefer({ sound: isOn });
        if (isOn) tryOut();
        return isOn;
      },
    },
    push: {
      isOn: pushed,
      // The reason is shown above it.
      unavailable: !canPush ? say("push_none") : isRefused ? say("push_denied") : undefined,
      async set(isOn) {
        if (isOn && !await allowDesktop()) return false;
        await (isOn ? startPush() : stopPush()).catch(() => {
          throw new Error(say("push_failed"));
        });
        setPushed(isOn);
        return isOn;
      },
    },
  };
}

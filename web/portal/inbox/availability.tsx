import { useSignal } from "@preact/signals";
import { isOpenAt } from "../../ui/opening_hours.ts";
import { call } from "../service/calls.ts";
import { Switch } from "../controls/switch.tsx";
import { failureWords } from "../words/failure_words.ts";
import { useLive } from "../service/live_context.ts";
import { minute } from "../shell/now.ts";
import { settingsPath } from "../shell/paths.ts";
import { say } from "../words/words.ts";

/** Whether visitors see somebody online while the portal is open, and the switch to away. */
export function Availability() {
  const { chatbot } = useLive();
  const problem = useSignal(""), asked = useSignal<boolean | undefined>(undefined);
  if (!chatbot.value) return null;
  const { away, business_hours } = chatbot.value;
  const isAway = asked.value ?? away;
  const isOpen = isOpenAt(business_hours, new Date(minute.value));
  const set = async (isHere: boolean) => {
    problem.value = "";
    asked.value = !isHere;
    await call("POST", "/chatbot/api", { away: !isHere }).then(
      () => chatbot.value = { ...chatbot.value!, away: !isHere },
      (error) => problem.value = failureWords(error),
    );
    asked.value = undefined;
  };
  return (
    <div class={`availability ${!isAway && isOpen ? "here" : ""}`}>
      <Switch
        label={say(isAway ? "you_away" : isOpen ? "you_online" : "you_closed")}
        on={!isAway}
        set={(isHere) => void set(isHere)}
      />
      {!isAway && !isOpen && <a class="hint" href={settingsPath("hours")}>{say("you_closed_hours")}</a>}
      {problem.value && <p class="problem" role="alert">{problem.value}</p>}
    </div>
  );
}

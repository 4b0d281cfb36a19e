import { useSignal } from "@preact/signals";
import { isOpenAt } from "../../ui/opening_hours.ts";
import { call } from "../service/calls.ts";
import { Switch } from "../controls/switch.tsx";
import { failureWords } from "../words/failure_words.ts";
import { useLive } from "../service/live_context.ts";
import { minute } from "../shell/now.ts";
import { settingsPath } from "../shell/paths.ts";
import { roleMay } from "../service/roles.ts";
import type { MemberSeen } from "../service/team.ts";
import { say } from "../words/words.ts";

const availabilities = ["here", "away", "off"] as const;
const words = { here: "you_here", away: "you_away_now", off: "you_off" } as const;

/** Whether visitors see somebody online: of a member among several its own availability, else the workspace's. */
export function Availability() {
  const { team, chatbot } = useLive();
  const you = team.you.value;
  if (team.members.value.length < 2 || !you) return <WorkspaceAvailability />;
  // Set before the colleagues came: visitors would see nobody, whoever is here.
  const isShut = chatbot.value?.away && roleMay(you.role, "content");
  return (
    <>
      <OwnAvailability you={you} />
      {isShut && <WorkspaceAvailability />}
    </>
  );
}

/** Whether conversations are assigned to this member, and visitors see it online. */
function OwnAvailability({ you }: { you: MemberSeen }) {
  const live = useLive();
  const set = (value: MemberSeen["availability"]) => {
    if (live.setAvailability(value)) live.team.put({ ...you, availability: value });
  };
  return (
    <label class={`availability own-availability ${you.availability}`} title={say("availability_hint")}>
      <span class="availability-dot" />
      <bdi class="availability-name">{you.name}</bdi>
      <select
        aria-label={say("your_availability")}
        value={you.availability}
        onChange={({ currentTarget }) => set(currentTarget.value as MemberSeen["availability"])}
      >
        {availabilities.map((one) => <option key={one} value={one}>{say(words[one])}</option>)}
      </select>
    </label>
  );
}

/** Whether visitors see somebody online while the portal is open, and the switch to away. */
function WorkspaceAvailability() {
  const { chatbot } = useLive();
  const problem = useSignal(""), asked = useSignal<boolean | undefined>(undefined);
  if (!chatbot.value) return null;
  const { away, business_hours, holidays } = chatbot.value;
  const isAway = asked.value ?? away;
  const isOpen = isOpenAt({ ...business_hours, holidays }, new Date(minute.value));
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

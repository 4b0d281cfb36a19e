import { useSignal } from "@preact/signals";
import { useLive } from "../../service/live_context.ts";
import { useAttempt } from "../state/attempt.ts";
import { changeMember } from "../state/team_calls.ts";
import { Group, Section } from "../controls/section.tsx";
import { say } from "../words/settings_words.ts";
import { Switch } from "../controls/switch.tsx";

/** One notification channel. */
export interface NotificationSwitch {
  isOn: boolean;
  /** Why it cannot be enabled here, in words; absent where it can. */
  unavailable?: string;
  /** Enables or disables it; returns the resulting state. @throws {Error} with words for the admin */
  set(isOn: boolean): boolean | Promise<boolean>;
}

/** The notification channels of the portal. */
export interface Notifications {
  desktop?: NotificationSwitch;
  sound?: NotificationSwitch;
  push?: NotificationSwitch;
}

const names = ["desktop", "sound", "push"] as const;

/** What this member is told about, and how in this browser. */
export function NotificationsSection({ notifications = {} }: { notifications?: Notifications }) {
  return (
    <Section name="notifications">
      <Rule />
      <Group title={say("set_group_browser")}>
        {names.map((name) => {
          const one = notifications[name];
          return one && <One key={name} name={name} {...one} />;
        })}
      </Group>
    </Section>
  );
}

const rules = ["mine", "unassigned", "all"] as const;

/** What this member is told about, on all its devices. Only where there are colleagues: who is alone is told of all. */
function Rule() {
  const { team } = useLive();
  const { problem, attempt } = useAttempt();
  const rule = team.notify.value;
  if (team.members.value.length < 2 || !rule) return null;
  const set = (name: typeof rules[number], isOn: boolean) =>
    attempt(async () => {
      const notify = [...rule.filter((one) => one !== name), ...(isOn ? [name] : [])];
      await changeMember("me", { notify });
      team.notify.value = notify;
    });
  return (
    <Group title={say("set_notify_rule")}>
      <p class="set-hint">{say("set_notify_rule_hint")}</p>
      {rules.map((name) => (
        <Switch
          key={name}
          path={`notify.${name}`}
          label={say(`set_notify_${name}`)}
          isOn={rule.includes(name) || (name !== "all" && rule.includes("all"))}
          isDisabled={name !== "all" && rule.includes("all")}
          onChange={(isOn) => void set(name, isOn)}
        />
      ))}
      {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
    </Group>
  );
}

function One({ name, isOn, unavailable, set }: NotificationSwitch & { name: typeof names[number] }) {
  const answer = useSignal<boolean | undefined>(undefined);
  const problem = useSignal("");
  const change = async (wanted: boolean) => {
    problem.value = "";
    answer.value = wanted;
    try {
      answer.value = await set(wanted);
      if (answer.value !== wanted) problem.value = say("set_not_allowed");
    } catch (error) {
      answer.value = !wanted;
      problem.value = error instanceof Error ? error.message : say("set_failed_internal");
    }
  };
  return (
    <Switch
      path={`notify.${name}`}
      label={say(`set_notify_${name}`)}
      hint={unavailable ?? say(`set_notify_${name}_hint`)}
      // When unavailable, the hint says why.
      problem={unavailable === undefined ? problem.value : ""}
      isOn={answer.value ?? isOn}
      isDisabled={unavailable !== undefined}
      onChange={change}
    />
  );
}

import { useSignal } from "@preact/signals";
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

/** Notification settings of this browser. */
export function NotificationsSection({ notifications = {} }: { notifications?: Notifications }) {
  return (
    <Section name="notifications">
      <Group>
        {names.map((name) => {
          const one = notifications[name];
          return one && <One key={name} name={name} {...one} />;
        })}
      </Group>
    </Section>
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

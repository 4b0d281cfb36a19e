import { DeleteAccount } from "./delete_account.tsx";
import { useLoaded } from "../controls/loaded.tsx";
import { PasswordForm } from "./password_form.tsx";
import { Group, Section } from "../controls/section.tsx";
import { fetchSessions } from "../state/settings_calls.ts";
import { SessionList } from "./session_list.tsx";
import { say } from "../words/settings_words.ts";

/** Password, sessions and deletion of the account. */
export function AccountSection() {
  const sessions = useLoaded(fetchSessions);
  return (
    <Section name="account">
      <Group title={say("set_group_password")}>
        <PasswordForm onChanged={sessions.load} />
      </Group>
      <Group title={say("set_group_sessions")}>
        <SessionList sessions={sessions} />
      </Group>
      <Group title={say("set_group_delete")}>
        <DeleteAccount />
      </Group>
    </Section>
  );
}

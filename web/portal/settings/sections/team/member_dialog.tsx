import { useSignal } from "@preact/signals";
import { useLive } from "../../../service/live_context.ts";
import { mayManage } from "../../../service/roles.ts";
import type { MemberSeen } from "../../../service/team.ts";
import type { Role } from "../../../service/workspace.ts";
import { changeMember } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { TextField } from "../../controls/text_field.tsx";
import { Checks } from "./checks.tsx";
import { FormDialog } from "./form_dialog.tsx";
import { Select } from "./select.tsx";

export const givenRoles: readonly Role[] = ["manager", "agent", "observer"];

/** A colleague's role, teams and capacity. */
export function MemberDialog({ member, close }: { member: MemberSeen; close(): void }) {
  const { team } = useLive();
  const role = useSignal(member.role), teams = useSignal<readonly string[]>(member.teams);
  const capacity = useSignal(`${member.capacity}`);
  const roles = givenRoles.filter((one) => mayManage(team.you.value?.role, one));
  const save = async () => {
    const { member: changed } = await changeMember(member.id, {
      role: role.value,
      teams: teams.value,
      capacity: Number(capacity.value),
    });
    team.put(changed);
    // Which members a team has stands in the team too.
    await team.loadTeams();
  };
  return (
    <FormDialog title={member.name} save={save} close={close}>
      {(wrong) => (
        <>
          <Select
            path="role"
            label={say("set_role")}
            hint={say(`set_role_${role.value}_hint`)}
            problem={wrong.role}
            options={roles.map((one) => [one, say(`set_role_${one}`)] as const)}
            value={role.value}
            onChange={(value) => role.value = value}
          />
          {team.teams.value.length > 0 && (
            <Checks
              label={say("set_teams")}
              options={team.teams.value.map(({ id, name }) => ({ id, label: name }))}
              chosen={teams.value}
              set={(chosen) => teams.value = chosen}
            />
          )}
          <TextField
            path="capacity"
            label={say("set_capacity")}
            hint={say("set_capacity_hint")}
            problem={wrong.capacity}
            dir="ltr"
            value={capacity.value}
            onChange={(value) => capacity.value = value.replace(/\D/g, "").slice(0, 4)}
          />
        </>
      )}
    </FormDialog>
  );
}

import { useSignal } from "@preact/signals";
import type { TeamSeen } from "../../../../../protocol/desk.ts";
import { useLive } from "../../../service/live_context.ts";
import { Choice } from "../../controls/choice.tsx";
import { Section } from "../../controls/section.tsx";
import { TextField } from "../../controls/text_field.tsx";
import { dropTeam, saveTeam } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { Checks } from "./checks.tsx";
import { FormDialog } from "./form_dialog.tsx";
import { NamedList } from "./named_list.tsx";

/** Named sets of members. */
export function TeamsSection() {
  const { team } = useLive();
  const drop = async ({ id }: TeamSeen) => {
    await dropTeam(id);
    await reload(team);
  };
  return (
    <Section name="teams">
      <NamedList
        all={team.teams.value}
        none={say("set_no_teams")}
        add={say("set_add_team")}
        dropText={say("set_delete_team_text")}
        drop={drop}
        row={(one) => <Row one={one} />}
        form={(one, close) => <TeamDialog one={one} close={close} />}
      />
    </Section>
  );
}

function Row({ one }: { one: TeamSeen }) {
  const { team } = useLive();
  const names = one.members.flatMap((id) => team.member(id)?.name ?? []);
  return (
    <>
      <strong dir="auto">{one.name}</strong>
      <p class="set-hint">
        {[say(`set_assignment_${one.assignment}`), ...names].map((text) => (
          <bdi class="set-dotted" key={text}>{text}</bdi>
        ))}
      </p>
    </>
  );
}

function TeamDialog({ one, close }: { one: TeamSeen | undefined; close(): void }) {
  const { team } = useLive();
  const name = useSignal(one?.name ?? ""), members = useSignal<readonly string[]>(one?.members ?? []);
  const assignment = useSignal<TeamSeen["assignment"]>(one?.assignment ?? "manual");
  const save = async () => {
    await saveTeam({
      name: name.value,
      members: [...members.value],
      assignment: assignment.value,
    }, one?.id);
    await reload(team);
  };
  return (
    <FormDialog title={one?.name ?? say("set_add_team")} save={save} close={close}>
      {(wrong) => (
        <>
          <TextField
            path="name"
            label={say("set_name")}
            problem={wrong.name}
            value={name.value}
            onChange={(value) => name.value = value}
          />
          <Checks
            label={say("set_members")}
            options={team.members.value.map((member) => ({ id: member.id, label: member.name }))}
            chosen={members.value}
            set={(chosen) => members.value = chosen}
          />
          <Choice
            path="team.assignment"
            label={say("set_assignment")}
            hint={say(`set_assignment_${assignment.value}_hint`)}
            options={[["manual", say("set_assignment_manual")], ["balanced", say("set_assignment_balanced")]]}
            value={assignment.value}
            onChange={(value) => assignment.value = value}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Which teams a member is in stands in the member too. */
async function reload(team: ReturnType<typeof useLive>["team"]): Promise<void> {
  await Promise.all([team.loadTeams(), team.loadMembers()]);
}

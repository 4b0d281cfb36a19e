import { useSignal } from "@preact/signals";
import { useLive } from "../../../service/live_context.ts";
import { mayManage, roleMay } from "../../../service/roles.ts";
import type { MemberSeen } from "../../../service/team.ts";
import { Confirm } from "../../controls/confirm.tsx";
import { Group, Section } from "../../controls/section.tsx";
import { useAttempt } from "../../state/attempt.ts";
import { useEditor } from "../../state/editor.ts";
import { removeMember } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { Face } from "../../../desk/face.tsx";
import { HandOver } from "./hand_over.tsx";
import { Invitations } from "./invitations.tsx";
import { MemberDialog } from "./member_dialog.tsx";

/** Who is in the workspace, and who is invited to it. */
export function MembersSection() {
  const { team } = useLive();
  const you = team.you.value;
  const members = team.members.value;
  return (
    <Section name="members">
      <Group>
        <ul class="set-list">
          {members.map((member) => <MemberRow key={member.id} member={member} />)}
        </ul>
      </Group>
      {roleMay(you?.role, "members") && <Invitations />}
      {roleMay(you?.role, "secrets") && members.length > 1 && <HandOver />}
    </Section>
  );
}

function MemberRow({ member }: { member: MemberSeen }) {
  const { team } = useLive();
  const editor = useEditor();
  const asked = useSignal<"change" | "remove" | undefined>(undefined);
  const { problem, attempt } = useAttempt();
  const you = team.you.value, isYou = you?.id === member.id;
  const { id, name, username, role, avatar_url } = member;
  const mayChange = mayManage(you?.role, role) && role !== "owner";
  const mayRemove = isYou ? role !== "owner" : mayChange;
  const teams = member.teams.flatMap((one) => team.team(one)?.name ?? []);
  const remove = () =>
    attempt(async () => {
      await removeMember(id);
      if (isYou) return editor.exits.go("/messages");
      await team.loadMembers();
      editor.announce(say("set_member_removed", { name }));
      document.getElementById("set-heading")?.focus();
    });
  return (
    <li>
      <Face id={id} name={name} avatarUrl={avatar_url} size={36} />
      <div class="set-grow">
        <strong dir="auto">{name}</strong>
        {isYou && <span class="set-tag">{say("set_you")}</span>}
        <p class="set-hint">
          {[
            say(`set_role_${role}`),
            ...(username && username !== name ? [username] : []),
            ...teams,
            say(`set_is_${member.online ? member.availability : "off"}`),
          ].map((text) => <bdi class="set-dotted" key={text}>{text}</bdi>)}
        </p>
        {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
      </div>
      {mayChange && (
        <button
          type="button"
          class="set-button"
          aria-label={say("set_change_name", { name })}
          onClick={() => asked.value = "change"}
        >
          {say("set_change")}
        </button>
      )}
      {mayRemove && (
        <button
          type="button"
          class="set-button"
          aria-label={isYou ? undefined : say("set_remove_name", { name })}
          onClick={() => asked.value = "remove"}
        >
          {say(isYou ? "set_leave_workspace" : "set_remove")}
        </button>
      )}
      {asked.value === "change" && <MemberDialog member={member} close={() => asked.value = undefined} />}
      {asked.value === "remove" && (
        <Confirm
          title={isYou ? say("set_leave_workspace_title") : say("set_remove_title", { name })}
          yes={say(isYou ? "set_leave_workspace" : "set_remove")}
          onAnswer={(isYes) => {
            asked.value = undefined;
            if (isYes) void remove();
          }}
        >
          {say(isYou ? "set_leave_workspace_text" : "set_remove_text")}
        </Confirm>
      )}
    </li>
  );
}

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useLive } from "../../../service/live_context.ts";
import { mayManage } from "../../../service/roles.ts";
import type { Role } from "../../../service/workspace.ts";
import { CopyLine } from "../../controls/copy_line.tsx";
import { Loaded, useLoaded } from "../../controls/loaded.tsx";
import { Group } from "../../controls/section.tsx";
import { TextField } from "../../controls/text_field.tsx";
import { focusWrong } from "../../focus_wrong.ts";
import { useAttempt, useFormAttempt } from "../../state/attempt.ts";
import { useEditor } from "../../state/editor.ts";
import { fetchInvitations, type Invitation, invite, revokeInvitation } from "../../state/team_calls.ts";
import { moment, say } from "../../words/settings_words.ts";
import { Checks } from "./checks.tsx";
import { givenRoles } from "./member_dialog.tsx";

/** Invites somebody, and lists the invitations that were not used yet. */
export function Invitations() {
  const list = useLoaded(fetchInvitations);
  return (
    <>
      <Group title={say("set_invite")}>
        <InviteForm onInvited={list.load} />
      </Group>
      <Group title={say("set_invitations")}>
        <Loaded of={list}>
          {(all) =>
            all.length === 0 ? <p class="set-hint">{say("set_no_invitations")}</p> : (
              <ul class="set-list">
                {all.map((one) => <Row key={one.id} one={one} onRevoked={list.load} />)}
              </ul>
            )}
        </Loaded>
      </Group>
    </>
  );
}

function InviteForm({ onInvited }: { onInvited(): void }) {
  const { team } = useLive();
  const editor = useEditor();
  const role = useSignal<Role>("agent"), teams = useSignal<readonly string[]>([]), email = useSignal("");
  const made = useSignal<{ link: string; email?: string; expires: string } | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, wrong, submit: attempt } = useFormAttempt();
  const submit = async (event: Event) => {
    event.preventDefault();
    await attempt(async () => {
      const asked = { role: role.value, teams: teams.value };
      made.value = await invite({ ...asked, ...(email.value.trim() && { email: email.value.trim() }) });
      email.value = "";
      editor.announce(say("set_invited"));
      onInvited();
    });
    focusWrong(form.current!);
  };
  const roles = givenRoles.filter((one) => mayManage(team.you.value?.role, one));
  return (
    <>
      <form ref={form} class="set-fields" noValidate onSubmit={submit}>
        <TextField
          path="invite.email"
          label={say("set_invite_email")}
          hint={say("set_invite_email_hint")}
          problem={wrong.value.email}
          dir="ltr"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={email.value}
          onChange={(value) => email.value = value}
        />
        <fieldset class="set-roles">
          <legend class="set-label">{say("set_role")}</legend>
          {roles.map((one) => (
            <label key={one} class="set-role">
              <input
                type="radio"
                name="invited-role"
                checked={role.value === one}
                onChange={() => role.value = one}
              />
              <span>
                <strong>{say(`set_role_${one}`)}</strong>
                <span class="set-hint">{say(`set_role_${one}_hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {team.teams.value.length > 0 && (
          <Checks
            label={say("set_teams")}
            options={team.teams.value.map(({ id, name }) => ({ id, label: name }))}
            chosen={teams.value}
            set={(chosen) => teams.value = chosen}
          />
        )}
        {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
        <div class="set-actions">
          <button type="submit" class="set-button set-main" aria-disabled={isBusy.value}>
            {say("set_invite_make")}
          </button>
        </div>
      </form>
      {made.value && (
        <div class="set-note">
          <CopyLine
            path="invite.link"
            label={made.value.email
              ? say("set_invite_link_for", { email: made.value.email })
              : say("set_invite_link")}
            text={made.value.link}
          />
          <p class="set-hint">{say("set_invite_once", { time: moment(made.value.expires) })}</p>
        </div>
      )}
    </>
  );
}

function Row({ one, onRevoked }: { one: Invitation; onRevoked(): Promise<unknown> }) {
  const { team } = useLive();
  const editor = useEditor();
  const { problem, isBusy, attempt } = useAttempt();
  const name = one.email ?? say("set_invite_link");
  const revoke = () =>
    attempt(async () => {
      await revokeInvitation(one.id);
      await onRevoked();
      editor.announce(say("set_revoked"));
      document.getElementById("set-heading")?.focus();
    });
  const details = [
    say(`set_role_${one.role}`),
    ...one.teams.flatMap((id) => team.team(id)?.name ?? []),
    say("set_invite_ends", { time: moment(one.expires) }),
  ];
  return (
    <li>
      <div class="set-grow">
        <strong dir="auto">{name}</strong>
        <p class="set-hint">{details.map((text) => <bdi class="set-dotted" key={text}>{text}</bdi>)}</p>
        {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
      </div>
      <button
        type="button"
        class="set-button"
        aria-disabled={isBusy.value}
        aria-label={say("set_revoke_name", { name })}
        onClick={() => void revoke()}
      >
        {say("set_revoke")}
      </button>
    </li>
  );
}

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useLive } from "../../../service/live_context.ts";
import type { MemberSeen } from "../../../service/team.ts";
import { Waiting } from "../../controls/loaded.tsx";
import { Group, Section } from "../../controls/section.tsx";
import { TextField } from "../../controls/text_field.tsx";
import { focusWrong } from "../../focus_wrong.ts";
import { useFormAttempt } from "../../state/attempt.ts";
import { useEditor } from "../../state/editor.ts";
import { changeMember } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { Face } from "../../../desk/face.tsx";

/** How visitors and colleagues see this member. */
export function ProfileSection() {
  const you = useLive().team.you.value;
  return <Section name="profile">{you ? <Profile key={you.id} you={you} /> : <Waiting />}</Section>;
}

/** A member without a display name is shown by a part of its id. */
const givenName = ({ name, id }: MemberSeen) => name === `Agent ${id.slice(0, 4)}` ? "" : name;

function Profile({ you }: { you: MemberSeen }) {
  const { team } = useLive();
  const editor = useEditor();
  const name = useSignal(givenName(you)), title = useSignal(you.title ?? "");
  const picture = useSignal(you.avatar_url ?? "");
  const isSaved = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, wrong, submit: attempt } = useFormAttempt();
  const edit = (field: typeof name) => (value: string) => {
    field.value = value;
    isSaved.value = false;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    await attempt(async () => {
      const { member } = await changeMember("me", {
        name: name.value.trim(),
        title: title.value.trim(),
        avatar_url: picture.value.trim(),
      });
      team.put(member);
      isSaved.value = true;
      editor.announce(say("set_saved"));
    });
    focusWrong(form.current!);
  };
  return (
    <Group>
      <form ref={form} class="set-fields" noValidate onSubmit={submit}>
        <TextField
          path="profile.name"
          label={say("set_display_name")}
          hint={say("set_display_name_hint")}
          problem={wrong.value.name}
          autocomplete="nickname"
          value={name.value}
          onChange={edit(name)}
        />
        <TextField
          path="profile.title"
          label={say("set_job_title")}
          hint={say("set_job_title_hint")}
          problem={wrong.value.title}
          autocomplete="organization-title"
          value={title.value}
          onChange={edit(title)}
        />
        <TextField
          path="profile.avatar_url"
          label={say("set_avatar_url")}
          hint={say("set_own_picture_hint")}
          problem={wrong.value.avatar_url}
          type="url"
          dir="ltr"
          autocomplete="photo"
          spellcheck={false}
          value={picture.value}
          onChange={edit(picture)}
        />
        <div class="set-note" aria-label={say("set_seen_as")} role="group">
          <p class="set-hint">{say("set_seen_as")}</p>
          <div class="set-row">
            <Face id={you.id} name={name.value || you.name} avatarUrl={pictureOf(picture.value)} size={36} />
            <div>
              <strong dir="auto">{name.value.trim() || say("set_no_display_name")}</strong>
              {title.value.trim() && <p class="set-hint" dir="auto">{title.value.trim()}</p>}
            </div>
          </div>
        </div>
        {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
        <div class="set-actions">
          <button type="submit" class="set-button set-main" aria-disabled={isBusy.value}>
            {say("set_save")}
          </button>
          {isSaved.value && <span class="set-hint">{say("set_saved")}</span>}
        </div>
      </form>
    </Group>
  );
}

const pictureOf = (text: string) => URL.parse(text)?.protocol === "https:" ? text : undefined;

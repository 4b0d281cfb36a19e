import { useSignal } from "@preact/signals";
import { useLive } from "../../../service/live_context.ts";
import { Confirm } from "../../controls/confirm.tsx";
import { Group } from "../../controls/section.tsx";
import { useAttempt } from "../../state/attempt.ts";
import { useEditor } from "../../state/editor.ts";
import { handOver } from "../../state/team_calls.ts";
import { say } from "../../words/settings_words.ts";
import { usePasswordDialog } from "../password_dialog.tsx";
import { Select } from "./select.tsx";

/** Makes a colleague the owner. */
export function HandOver() {
  const { team } = useLive();
  const editor = useEditor();
  const others = team.members.value.filter(({ id }) => id !== team.you.value?.id);
  const chosen = useSignal(""), isAsking = useSignal(false);
  const { problem, isBusy, attempt } = useAttempt();
  const { dialog, withPassword } = usePasswordDialog({ yes: say("set_hand_over"), isDanger: true });
  const member = others.find(({ id }) => id === chosen.value) ?? others[0]!;
  const give = () =>
    attempt(() =>
      withPassword(async (password) => {
        await handOver(member.id, password);
        await team.loadMembers();
        editor.announce(say("set_handed_over", { name: member.name }));
      })
    );
  return (
    <Group title={say("set_hand_over")}>
      <p class="set-hint">{say("set_hand_over_hint")}</p>
      <Select
        path="owner"
        label={say("set_new_owner")}
        options={others.map(({ id, name }) => [id, name] as const)}
        value={member.id}
        onChange={(id) => chosen.value = id}
      />
      {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
      <div class="set-actions">
        <button
          type="button"
          class="set-button set-danger"
          aria-disabled={isBusy.value}
          onClick={() => isAsking.value = true}
        >
          {say("set_hand_over")}
        </button>
      </div>
      {isAsking.value && (
        <Confirm
          title={say("set_hand_over_title", { name: member.name })}
          yes={say("set_hand_over")}
          onAnswer={(isYes) => {
            isAsking.value = false;
            if (isYes) void give();
          }}
        >
          {say("set_hand_over_text")}
        </Confirm>
      )}
      {dialog}
    </Group>
  );
}

import { useSignal } from "@preact/signals";
import { Confirm } from "../controls/confirm.tsx";
import { CopyLine } from "../controls/copy_line.tsx";
import { useEditor } from "../state/editor.ts";
import { usePasswordDialog } from "./password_dialog.tsx";
import { rollIdentitySecret } from "../state/settings_calls.ts";
import { Group, Section } from "../controls/section.tsx";
import { say } from "../words/settings_words.ts";
import { useAttempt } from "../state/attempt.ts";

/** The identity secret with which the host site signs its users' tokens. */
export function IdentitySection() {
  const editor = useEditor();
  const isAsking = useSignal(false);
  const secret = useSignal("");
  const { problem, isBusy, attempt } = useAttempt();
  const { dialog, withPassword } = usePasswordDialog({ yes: say("set_make_secret"), isDanger: true });
  const answered = (isYes: boolean) => {
    isAsking.value = false;
    if (isYes) {
      void attempt(() =>
        withPassword(async (password) => {
          secret.value = (await rollIdentitySecret(password)).secret;
          editor.announce(say("set_secret_made"));
        })
      );
    }
  };
  return (
    <Section name="identity">
      <Group title={say("set_group_secret")}>
        <p class="set-hint">{say("set_secret_hint")}</p>
        {secret.value && (
          <div class="set-note" key="secret">
            <CopyLine key={secret.value} path="secret" label={say("set_secret")} text={secret.value} />
            <p class="set-hint">{say("set_secret_once")}</p>
          </div>
        )}
        {/* With a key: the button stays the same one, and keeps the focus, when the secret comes before it. */}
        <div key="make">
          <button
            type="button"
            class="set-button"
            aria-disabled={isBusy.value}
            onClick={() => isAsking.value = !isBusy.value}
          >
            {say("set_make_secret")}
          </button>
        </div>
        <p class="set-problem" role="alert">{problem.value}</p>
      </Group>
      <Group title={say("set_group_how")}>
        <ol class="set-steps">
          <li>{say("set_how_sign")}</li>
          <li>{say("set_how_call")}</li>
        </ol>
        <CopyLine path="identify" label={say("set_identify")} text={identifyLine} />
      </Group>
      {isAsking.value && (
        <Confirm title={say("set_roll_title")} yes={say("set_make_secret")} onAnswer={answered}>
          {say("set_roll_text")}
        </Confirm>
      )}
      {dialog}
    </Section>
  );
}

const identifyLine = `parlor("identify", { token });`;

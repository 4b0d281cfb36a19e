import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useAttempt } from "../state/attempt.ts";
import { useEditor } from "../state/editor.ts";
import { focusWrong } from "../focus_wrong.ts";
import { usePasswordDialog } from "./password_dialog.tsx";
import { deleteAccount } from "../state/settings_calls.ts";
import { say } from "../words/settings_words.ts";
import { TextField } from "../controls/text_field.tsx";

/** Deletes the account with all its data; the user types its name as a confirmation. */
export function DeleteAccount() {
  const { username, deleted } = useEditor();
  const typed = useSignal("");
  const wrong = useSignal("");
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, attempt } = useAttempt();
  const { dialog, withPassword } = usePasswordDialog({ yes: say("set_delete_account"), isDanger: true });
  useEffect(() => void focusWrong(form.current!), [wrong.value]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const isNamed = typed.value.trim().toLowerCase() === username;
    wrong.value = isNamed ? "" : say("set_wrong_name", { name: username });
    if (!isNamed) return;
    await attempt(() => withPassword((password) => deleteAccount(typed.value, password).then(deleted)));
  };

  return (
    <>
      <form ref={form} class="set-fields" noValidate onSubmit={submit}>
        <p class="set-hint">{say("set_delete_hint")}</p>
        <TextField
          path="delete"
          label={say("set_type_name", { name: username })}
          problem={wrong.value}
          dir="ltr"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={typed.value}
          onChange={(value) => {
            typed.value = value;
            wrong.value = "";
          }}
        />
        <div>
          <button type="submit" class="set-button set-danger" aria-disabled={isBusy.value}>
            {say("set_delete_account")}
          </button>
        </div>
        <p class="set-problem" role="alert">{problem.value}</p>
      </form>
      {dialog}
    </>
  );
}

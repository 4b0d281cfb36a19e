import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useEditor } from "../state/editor.ts";
import { focusWrong } from "../focus_wrong.ts";
import { CallFailed } from "../../service/calls.ts";
import { changePassword } from "../state/settings_calls.ts";
import { problemOf, say } from "../words/settings_words.ts";
import { TextField } from "../controls/text_field.tsx";

const nothing = { password: "", new_password: "" };
type Name = keyof typeof nothing;

/** Changes the password; all other sessions end. */
export function PasswordForm({ onChanged }: { onChanged(): void }) {
  const editor = useEditor();
  const typed = useSignal(nothing);
  const wrong = useSignal<Record<string, string>>({});
  const isShown = useSignal(false);
  const isBusy = useSignal(false);
  const isDone = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => void focusWrong(form.current!), [wrong.value]);

  const submit = async (event: Event) => {
    event.preventDefault();
    wrong.value = missing(typed.value);
    if (isBusy.value || Object.keys(wrong.value).length > 0) return;
    isBusy.value = true;
    try {
      await changePassword(typed.value.password, typed.value.new_password);
      typed.value = nothing;
      isDone.value = true;
      editor.announce(say("set_password_changed"));
      onChanged();
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      wrong.value = wrongOf(error);
    } finally {
      isBusy.value = false;
    }
  };

  const field = (name: Name, autocomplete: string) => (
    <TextField
      path={name}
      label={say(`set_${name}`)}
      hint={name === "new_password" ? say("set_new_password_hint") : undefined}
      problem={wrong.value[name]}
      type={isShown.value ? "text" : "password"}
      dir="ltr"
      autocomplete={autocomplete}
      spellcheck={false}
      value={typed.value[name]}
      onChange={(value) => {
        typed.value = { ...typed.value, [name]: value };
        wrong.value = {};
        isDone.value = false;
      }}
    />
  );

  return (
    <form ref={form} class="set-fields" noValidate onSubmit={submit}>
      {/* So that a password manager knows whose password it is. */}
      <input type="text" autocomplete="username" value={editor.username} readonly hidden />
      {field("password", "current-password")}
      {field("new_password", "new-password")}
      <label class="set-check">
        <input
          type="checkbox"
          checked={isShown.value}
          onChange={(event) => isShown.value = event.currentTarget.checked}
        />
        {say("set_show_passwords")}
      </label>
      <div class="set-row">
        <button type="submit" class="set-button set-main" aria-disabled={isBusy.value}>
          {say("set_change_password")}
        </button>
        {isDone.value && <p class="set-good">{say("set_password_changed")}</p>}
      </div>
      <p class="set-problem" role="alert">{wrong.value[""]}</p>
    </form>
  );
}

function missing(typed: typeof nothing): Record<string, string> {
  const names = (Object.keys(typed) as Name[]).filter((name) => !typed[name]);
  return Object.fromEntries(names.map((name) => [name, say("set_needed")]));
}

function wrongOf(error: CallFailed): Record<string, string> {
  if (error.code === "bad_credentials") return { password: say("set_wrong_password") };
  return Object.keys(error.fields).length > 0 ? error.fields : { "": problemOf(error) };
}

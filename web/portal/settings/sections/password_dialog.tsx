import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CallFailed } from "../../service/calls.ts";
import { useModal } from "../../controls/use_modal.ts";
import { useAttempt } from "../state/attempt.ts";
import { useEditor } from "../state/editor.ts";
import { focusWrong } from "../focus_wrong.ts";
import { say } from "../words/settings_words.ts";
import { TextField } from "../controls/text_field.tsx";

type Act = (password?: string) => Promise<void>;

/**
 * For calls that require the password once the sign-in is a while ago. `act` is called without one, and again
 * with the typed one if the service asks for it; nothing happens if the dialog is closed.
 */
export function usePasswordDialog(words: { yes: string; isDanger?: boolean }) {
  const asked = useSignal<{ act: Act; close(): void } | undefined>(undefined);
  const withPassword = async (act: Act): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof CallFailed) || error.code !== "password_needed") throw error;
      await new Promise<void>((close) => asked.value = { act, close });
      asked.value = undefined;
    }
  };
  const dialog: JSX.Element | undefined = asked.value && <PasswordDialog {...words} {...asked.value} />;
  return { dialog, withPassword };
}

function PasswordDialog({ yes, isDanger = false, act, close }: {
  yes: string;
  isDanger?: boolean;
  act: Act;
  close(): void;
}) {
  const modal = useModal(close);
  const { username } = useEditor();
  const typed = useSignal("");
  const wrong = useSignal("");
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, attempt } = useAttempt();
  useEffect(() => void focusWrong(form.current!), [wrong.value]);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy.value) return;
    wrong.value = typed.value ? "" : say("set_needed");
    if (wrong.value) return;
    const isOver = await attempt(async () => {
      try {
        await act(typed.value);
      } catch (error) {
        if (!(error instanceof CallFailed) || error.code !== "bad_credentials") throw error;
        wrong.value = say("set_wrong_password");
      }
    });
    if (isOver && !wrong.value) close();
  };

  return (
    <dialog {...modal} class="set-dialog" aria-labelledby="set-ask-password">
      <h2 id="set-ask-password">{say("set_ask_password")}</h2>
      <p class="set-hint">{say("set_ask_password_text")}</p>
      <form ref={form} class="set-fields" noValidate onSubmit={submit}>
        {/* So that a password manager knows whose password it is. */}
        <input type="text" autocomplete="username" value={username} readonly hidden />
        <TextField
          path="second_password"
          label={say("set_password")}
          problem={wrong.value}
          type="password"
          dir="ltr"
          autocomplete="current-password"
          spellcheck={false}
          value={typed.value}
          onChange={(value) => {
            typed.value = value;
            wrong.value = "";
          }}
        />
        {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
        <div class="set-actions">
          <button type="button" class="set-button" onClick={close}>{say("set_cancel")}</button>
          <button
            type="submit"
            class={`set-button ${isDanger ? "set-danger" : "set-main"}`}
            aria-disabled={isBusy.value}
          >
            {yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}

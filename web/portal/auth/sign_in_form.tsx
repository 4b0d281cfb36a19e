import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { call, CallFailed, proving } from "../service/calls.ts";
import { Button, IconButton } from "../controls/button.tsx";
import { Field } from "../controls/field.tsx";
import { failureWords } from "../words/failure_words.ts";
import { enter } from "../service/session.ts";
import { locale } from "../words/words.ts";
import { say, type Word } from "./sign_in_words.ts";

type Problems = Record<string, string>;

const said: Record<string, Word> = {
  bad_credentials: "wrong_credentials",
  username_taken: "name_taken",
  signup_closed: "signup_closed",
};

/** Error messages: by field, or under "" for the whole form. */
function problemsOf(error: unknown): Problems {
  if (!(error instanceof CallFailed)) return { "": failureWords(error) };
  if (error.code === "username_taken") return { username: say("name_taken") };
  if (Object.keys(error.fields).length > 0) return error.fields;
  const word = said[error.code];
  return { "": word ? say(word) : failureWords(error) };
}

/** In steps of ten percent: a screen reader would otherwise speak without end. */
const provingWords = (done: number) =>
  say("proving", {
    done: new Intl.NumberFormat(locale(), { style: "percent" }).format(Math.floor(done * 10) / 10),
  });

/** Name and password; for a new account an email too, if one wants. */
export function SignInForm({ isNew }: { isNew: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false), [shown, setShown] = useState(false);
  // A layout effect: a fast typist would be in the next field by the time of an effect.
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus(), [problems]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form.current!)) as Record<string, string>;
    const missing = ["username", "password"].filter((name) => !values[name]?.trim());
    if (missing.length > 0) {
      return setProblems(Object.fromEntries(missing.map((name) => [name, say("needed")])));
    }
    // Keyboards of phones append a space to a word; a name has none.
    for (const name of ["username", "email"]) if (values[name]) values[name] = values[name].trim();
    setBusy(true);
    setProblems({});
    try {
      await enter(() => call("POST", `/accounts/api/${isNew ? "signup" : "login"}`, values), isNew);
    } catch (error) {
      setProblems(problemsOf(error));
    }
    setBusy(false);
  };
  return (
    <form ref={form} class="entry" onSubmit={submit} noValidate>
      {problems[""] && <p class="problem whole" role="alert">{problems[""]}</p>}
      <Field
        name="username"
        label={say("name")}
        hint={isNew ? say("name_hint") : undefined}
        problem={problems.username}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        maxLength={40}
        required
      />
      <Field
        name="password"
        type={shown ? "text" : "password"}
        label={say("password")}
        hint={isNew ? say("password_hint") : undefined}
        problem={problems.password}
        autocomplete={isNew ? "new-password" : "current-password"}
        maxLength={400}
        required
        after={
          <IconButton
            icon="eye"
            label={say(shown ? "password_hide" : "password_show")}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          />
        }
      />
      {isNew && (
        <Field
          name="email"
          type="email"
          label={
            <>
              {say("email")} <span class="muted">({say("optional")})</span>
            </>
          }
          problem={problems.email}
          autocomplete="email"
          maxLength={254}
        />
      )}
      <Button kind="main" type="submit" busy={busy}>{say(isNew ? "sign_up" : "sign_in")}</Button>
      <p class="hint" role="status">{proving.value === undefined ? "" : provingWords(proving.value)}</p>
    </form>
  );
}

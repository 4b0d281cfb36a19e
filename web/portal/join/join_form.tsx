import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../controls/button.tsx";
import { Field } from "../controls/field.tsx";
import { call, CallFailed } from "../service/calls.ts";
import { failureWords } from "../words/failure_words.ts";

import { say as sayIn } from "../auth/sign_in_words.ts";
import type { joinStrings } from "./join_strings.ts";

interface JoinFormProps {
  say(word: keyof typeof joinStrings): string;
  /** Where the invitation is accepted. */
  path: string;
  onJoined(joined: { workspace: string }): void;
  onGone(): void;
}

/** A new account by an invitation: name, password, and the name that visitors see. */
export function JoinForm({ say, path, onJoined, onGone }: JoinFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Record<string, string>>({}), [busy, setBusy] = useState(false);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus(), [problems]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form.current!)) as Record<string, string>;
    const username = values.username!.trim(), { password = "", name = "" } = values;
    const missing = Object.entries({ username, password }).filter(([, value]) => !value);
    if (missing.length > 0) {
      return setProblems(Object.fromEntries(missing.map(([field]) => [field, sayIn("needed")])));
    }
    setBusy(true);
    setProblems({});
    try {
      onJoined(await call("POST", path, { username, password, ...(name.trim() && { name: name.trim() }) }));
    } catch (error) {
      if (error instanceof CallFailed && error.status === 404) return onGone();
      setProblems(problemsOf(error));
      setBusy(false);
    }
  };
  return (
    <form ref={form} class="entry" onSubmit={submit} noValidate>
      {problems[""] && <p class="problem whole" role="alert">{problems[""]}</p>}
      <Field
        name="username"
        label={sayIn("name")}
        hint={sayIn("name_hint")}
        problem={problems.username}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        maxLength={40}
        required
      />
      <Field
        name="password"
        type="password"
        label={sayIn("password")}
        hint={sayIn("password_hint")}
        problem={problems.password}
        autocomplete="new-password"
        maxLength={400}
        required
      />
      <Field
        name="name"
        label={
          <>
            {say("join_display_name")} <span class="muted">({sayIn("optional")})</span>
          </>
        }
        hint={say("join_display_name_hint")}
        problem={problems.name}
        autocomplete="nickname"
        maxLength={60}
      />
      <Button kind="main" type="submit" busy={busy}>{say("join_new_button")}</Button>
    </form>
  );
}

function problemsOf(error: unknown): Record<string, string> {
  if (!(error instanceof CallFailed)) return { "": failureWords(error) };
  if (error.code === "username_taken") return { username: sayIn("name_taken") };
  return Object.keys(error.fields).length > 0 ? error.fields : { "": failureWords(error) };
}

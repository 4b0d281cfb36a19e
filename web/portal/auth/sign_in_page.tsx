import { useState } from "preact/hooks";
import { Logo } from "../controls/logo.tsx";
import { Button } from "../controls/button.tsx";
import { type Ending, session } from "../service/session.ts";
import { say, type Word } from "./sign_in_words.ts";
import { SignInForm } from "./sign_in_form.tsx";

const endings: Record<Ending, Word> = { ended: "signed_out", left: "left", deleted: "account_deleted" };

/** Sign-in and sign-up. */
export function SignInPage() {
  const isInvited = new URLSearchParams(location.search).has("new");
  const [isNew, setNew] = useState(isInvited);
  const { value } = session;
  return (
    <main class="door">
      <div class="door-card">
        <Logo />
        <h1>{say(isNew ? "sign_up_title" : "sign_in_title")}</h1>
        {isNew && <p class="muted">{say("sign_up_text")}</p>}
        {value.state === "out" && value.ending && !isNew && (
          <p class="door-note" role="status">{say(endings[value.ending])}</p>
        )}
        <SignInForm key={isNew ? "new" : "known"} isNew={isNew} />
        <p class="door-switch">
          {say(isNew ? "have_account" : "no_account")}{" "}
          <Button kind="quiet" onClick={() => setNew(!isNew)}>{say(isNew ? "sign_in" : "sign_up")}</Button>
        </p>
      </div>
    </main>
  );
}

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { InvitedTo } from "../../../protocol/team.ts";
import { SignInForm } from "../auth/sign_in_form.tsx";
import { Button } from "../controls/button.tsx";
import { Logo } from "../controls/logo.tsx";
import { call, CallFailed } from "../service/calls.ts";
import { session, signOut } from "../service/session.ts";
import { inboxPath } from "../shell/paths.ts";
import { failureWords } from "../words/failure_words.ts";
import { locale, partWords } from "../words/words.ts";
import { say as sayIn } from "../auth/sign_in_words.ts";
import { joinStrings } from "./join_strings.ts";
import { JoinForm } from "./join_form.tsx";

const { say } = await partWords(joinStrings, { ar: () => import("./join_strings_ar.ts") });

/** The path of a call about the invitation of the address's token, which stands behind `#` and so in no log. */
const pathOf = (more = "") =>
  `/accounts/api/invitations/${encodeURIComponent(location.hash.slice(1))}${more}`;

/** Opens the workspace that was joined, with a page of its own: nothing of this one is of use there. */
const enter = ({ workspace }: { workspace: string }) =>
  location.replace(`${inboxPath}?workspace=${encodeURIComponent(workspace)}`);

/** `/messages/join#TOKEN`: says to what one is invited; accepted by whoever is signed in, signs in, or signs up. */
export function JoinPage() {
  const [invited, setInvited] = useState<InvitedTo | "gone">();
  const [problem, setProblem] = useState("");
  const load = () => {
    setProblem("");
    call<InvitedTo>("GET", pathOf()).then(setInvited, (error) => {
      if (error instanceof CallFailed && error.status === 404) setInvited("gone");
      else setProblem(failureWords(error));
    });
  };
  useEffect(load, []);
  return (
    <main class="door" id="main" tabIndex={-1}>
      <div class="door-card">
        <Logo />
        {invited === "gone"
          ? <Gone />
          : invited
          ? <Invitation invited={invited} onGone={() => setInvited("gone")} />
          : problem
          ? (
            <>
              <p role="alert">{problem}</p>
              <Button kind="main" onClick={load}>{sayIn("try_again")}</Button>
            </>
          )
          : <p role="status">{sayIn("loading")}</p>}
      </div>
    </main>
  );
}

function Gone() {
  return (
    <>
      <h1>{say("join_gone_title")}</h1>
      <p role="alert">{say("join_gone")}</p>
      <a class="button plain" href={inboxPath}>{sayIn("to_inbox")}</a>
    </>
  );
}

function Invitation({ invited, onGone }: { invited: InvitedTo; onGone(): void }) {
  const { title, workspace, role, expires } = invited;
  const [isNew, setNew] = useState(true);
  const { value } = session;
  const time = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(expires),
  );
  return (
    <>
      <h1>
        <bdi>{say("join_title", { title })}</bdi>
      </h1>
      <p>{say("join_as", { title, workspace, role: say(`join_role_${role}`) })}</p>
      <p class="muted">{say("join_until", { time })}</p>
      {value.state === "in" ? <Accept username={value.account.username} onGone={onGone} /> : (
        <>
          <p class="muted">{say(isNew ? "join_new" : "join_known")}</p>
          {isNew
            ? <JoinForm say={say} path={pathOf("/accept")} onJoined={enter} onGone={onGone} />
            : <SignInForm isNew={false} />}
          <p class="door-switch">
            {sayIn(isNew ? "have_account" : "no_account")}{" "}
            <Button kind="quiet" onClick={() => setNew(!isNew)}>
              {sayIn(isNew ? "sign_in" : "sign_up")}
            </Button>
          </p>
        </>
      )}
    </>
  );
}

function Accept({ username, onGone }: { username: string; onGone(): void }) {
  const [busy, setBusy] = useState(false), [problem, setProblem] = useState("");
  const button = useRef<HTMLDivElement>(null);
  // Who has just signed in here was in a form that is gone.
  useLayoutEffect(() => button.current?.querySelector("button")?.focus(), []);
  const accept = async () => {
    setBusy(true);
    setProblem("");
    await call<{ workspace: string }>("POST", pathOf("/accept"), {}).then(enter, (error) => {
      if (error instanceof CallFailed && error.status === 404) return onGone();
      const wrong = error instanceof CallFailed ? Object.values(error.fields)[0] : undefined;
      setProblem(wrong ?? failureWords(error));
      setBusy(false);
    });
  };
  return (
    <div class="entry" ref={button}>
      <p>
        <bdi>{say("join_signed_in", { name: username })}</bdi>
      </p>
      {problem && <p class="problem" role="alert">{problem}</p>}
      <Button kind="main" busy={busy} onClick={() => void accept()}>{say("join_accept")}</Button>
      <Button kind="quiet" onClick={() => void signOut()}>{say("join_other_account")}</Button>
    </div>
  );
}

import type { SessionSeen } from "../../../../protocol/portal.ts";
import { useAttempt } from "../state/attempt.ts";
import { useEditor } from "../state/editor.ts";
import { Loaded, type useLoaded } from "../controls/loaded.tsx";
import { endOtherSessions, endSession, signOut } from "../state/settings_calls.ts";
import { moment, say } from "../words/settings_words.ts";

/** The admin's sessions, with buttons to end them. */
export function SessionList({ sessions }: { sessions: ReturnType<typeof useLoaded<SessionSeen[]>> }) {
  const editor = useEditor();
  const { problem, isBusy, attempt } = useAttempt();
  const end = (said: string, act: () => Promise<void>) =>
    attempt(async () => {
      await act();
      await sessions.load();
      editor.announce(said);
      document.getElementById("set-heading")?.focus();
    });
  const leave = (everywhere: boolean) => attempt(() => signOut(everywhere).then(editor.signedOut));

  return (
    <>
      <Loaded of={sessions}>
        {(all) => (
          <ul class="set-list">
            {all.toSorted((a, b) => Number(b.current) - Number(a.current)).map((session) => (
              <li key={session.id}>
                <Session {...session} />
                <button
                  type="button"
                  class="set-button"
                  aria-disabled={isBusy.value}
                  aria-label={session.current ? undefined : say("set_end_named", nameOf(session))}
                  onClick={() =>
                    session.current
                      ? leave(false)
                      : end(say("set_session_ended"), () =>
                        endSession(session.id))}
                >
                  {say(session.current ? "set_sign_out" : "set_end")}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div class="set-row">
        {(sessions.value.value?.length ?? 0) > 1 && (
          <button
            type="button"
            class="set-button"
            aria-disabled={isBusy.value}
            onClick={() => end(say("set_others_ended"), endOtherSessions)}
          >
            {say("set_end_others")}
          </button>
        )}
        <button type="button" class="set-button" aria-disabled={isBusy.value} onClick={() => leave(true)}>
          {say("set_sign_out_everywhere")}
        </button>
      </div>
      <p class="set-problem" role="alert">{problem.value}</p>
    </>
  );
}

function nameOf({ agent, created }: SessionSeen) {
  return { name: agent || say("set_unknown_browser"), time: moment(created) };
}

function Session(session: SessionSeen) {
  const { name, time } = nameOf(session);
  return (
    <div>
      <strong>{name}</strong>
      {session.current && <span class="set-tag">{say("set_this_session")}</span>}
      <p class="set-hint">
        {session.address && <bdi>{session.address}</bdi>}
        {session.address && " · "}
        {say("set_since", { time })}
      </p>
    </div>
  );
}

import { Icon } from "../controls/icon.tsx";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";

/** Notes that the service has not stored yet. */
export function PendingNotes({ consumer }: { consumer: string }) {
  const { notes } = useLive();
  return (
    <>
      {notes.pending.value.filter((note) => note.consumer === consumer).map((
        { client_id, content, refused },
      ) => (
        <div key={client_id} class={`note ${refused ? "refused" : "sending"}`}>
          <header>
            <Icon shape="lock" /> <b>{say("your_note")}</b>{" "}
            <span>{say(refused ? "not_sent" : "sending")}</span>
            {refused && (
              <button type="button" onClick={() => notes.retry(client_id)}>{say("try_again")}</button>
            )}
          </header>
          <p dir="auto">{content}</p>
        </div>
      ))}
    </>
  );
}

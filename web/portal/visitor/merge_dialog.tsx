import { useEffect, useId, useMemo, useState } from "preact/hooks";
import type { Room } from "../../../protocol/records.ts";
import { Timer } from "../../client/timer.ts";
import { addStyle } from "../controls/add_style.ts";
import { Avatar } from "../controls/avatar.tsx";
import { Button } from "../controls/button.tsx";
import { Dialog } from "../controls/dialog.tsx";
import { Field } from "../controls/field.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { Results } from "../search/results.ts";
import { call } from "../service/calls.ts";
import { useLive } from "../service/live_context.ts";
import { failureWords } from "../words/failure_words.ts";
import { nameOf } from "../words/names.ts";
import { fullWhen } from "../words/times.ts";
import { partWords } from "../words/words.ts";
import style from "./merge.css" with { type: "text" };
import { mergeStrings } from "./merge_strings.ts";

addStyle(style);
const { say } = await partWords(mergeStrings, { ar: () => import("./merge_strings_ar.ts") });

/** Debounce of typing. Milliseconds. */
const restMs = 180;
const mostShown = 6;

/** Merges the conversation of the same person under another id into this one. */
export function MergeDialog({ view, close }: { view: RoomView; close(): void }) {
  const { inbox } = useLive();
  const results = useMemo(() => new Results(), []), rest = useMemo(() => new Timer(), []), id = useId();
  const [picked, setPicked] = useState<Room>(),
    [problem, setProblem] = useState(""),
    [isBusy, setBusy] = useState(false);
  useEffect(() => () => rest.clear(), []);
  const { people, messages, state, error } = results.found.value;
  // Who is found by what it wrote is found too.
  const rooms = [
    ...new Map([...people, ...messages.map(({ room }) => room)].map((room) => [room.consumer, room]))
      .values(),
  ]
    .filter(({ consumer }) => consumer !== view.consumer).slice(0, mostShown);
  const merge = async () => {
    setBusy(true);
    setProblem("");
    const path = `/messages/api/rooms/${encodeURIComponent(view.consumer)}/merge`;
    try {
      inbox.put((await call<{ room: Room }>("POST", path, { from: picked!.consumer })).room);
      close();
    } catch (error) {
      setProblem(failureWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={say("merge_title", { name: nameOf(view) })} close={close}>
      <p>{say("merge_text")}</p>
      <Field
        label={say("merge_search")}
        type="search"
        autocomplete="off"
        onInput={({ currentTarget: { value } }) => {
          setPicked(undefined);
          rest.set(restMs, () => void results.ask(value));
        }}
      />
      <div class="merge-found" role="radiogroup" aria-label={say("merge_search")}>
        {rooms.map((room) => (
          <label key={room.consumer}>
            <input
              type="radio"
              name={`${id}-found`}
              checked={picked?.consumer === room.consumer}
              onChange={() => setPicked(room)}
            />
            <Avatar consumer={room.consumer} name={room.visitor?.name ?? room.visitor?.email} />
            <span>
              <bdi>{nameOf(room)}</bdi>
              <span class="muted">{fullWhen(Date.parse(room.active))}</span>
            </span>
          </label>
        ))}
      </div>
      {state === "there" && rooms.length === 0 && <p class="muted" role="status">{say("nothing_found")}</p>}
      {(problem || state === "failed") && <p class="problem" role="alert">{problem || failureWords(error)}
      </p>}
      <div class="buttons">
        <Button onClick={close}>{say("cancel")}</Button>
        <Button kind="danger" busy={isBusy} disabled={!picked} onClick={merge}>{say("merge_do")}</Button>
      </div>
    </Dialog>
  );
}

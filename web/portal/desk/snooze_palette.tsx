import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { Button } from "../controls/button.tsx";
import { Icon } from "../controls/icon.tsx";
import { useLive } from "../service/live_context.ts";
import { momentOf } from "../words/times.ts";
import { say } from "../words/words.ts";
import { snoozeAndGoOn } from "./go_on.ts";
import { type Choice, Palette } from "./palette.tsx";
import { localInput, snoozeTimes } from "./snooze_times.ts";

/** Until when the rooms leave the open lists. */
export function SnoozePalette({ consumers, close }: { consumers: readonly string[]; close(): void }) {
  const live = useLive(), { route } = useLocation();
  const [own, setOwn] = useState(""), [problem, setProblem] = useState("");
  const times = snoozeTimes(Date.now());
  const snooze = (until: number | "reply" | null) => void snoozeAndGoOn(live, { consumers, until, route });
  const offered = (["in_hour", "tomorrow", "next_week"] as const).map((id): Choice => ({
    ...{ id, name: say(`snooze_${id}`), hint: momentOf(times[id]), mark: <Icon shape="moon" /> },
    pick: () => snooze(times[id]),
  }));
  const reply: Choice = {
    ...{ id: "reply", name: say("snooze_reply"), mark: <Icon shape="moon" /> },
    pick: () => snooze("reply"),
  };
  const isSnoozed = consumers.some((one) => live.inbox.room(one).value?.snoozedUntil !== undefined);
  const end: Choice = {
    id: "end",
    name: say("snooze_end"),
    mark: <Icon shape="reopen" />,
    pick: () => snooze(null),
  };
  const atOwn = () => {
    const until = Date.parse(own);
    if (!(until > Date.now())) return setProblem(say("snooze_past"));
    close();
    snooze(until);
  };
  return (
    <Palette title={say("snooze")} choices={[...isSnoozed ? [end] : [], ...offered, reply]} close={close}>
      <form class="palette-own" onSubmit={(event) => (event.preventDefault(), atOwn())}>
        <label for="snooze-own">{say("snooze_own")}</label>
        <input
          id="snooze-own"
          type="datetime-local"
          value={own}
          min={localInput(Date.now())}
          required
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "snooze-problem" : undefined}
          onInput={(event) => (setOwn(event.currentTarget.value), setProblem(""))}
        />
        <Button type="submit">{say("snooze")}</Button>
        {problem && <p id="snooze-problem" class="problem" role="alert">{problem}</p>}
      </form>
    </Palette>
  );
}

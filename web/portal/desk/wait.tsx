import { Icon } from "../controls/icon.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { minute } from "../shell/now.ts";
import { say } from "../words/words.ts";
import { waitOf } from "../words/times.ts";

/** A warning is shown when this share of the time until an answer is due is left. */
const warningShare = 0.1;
/** And at least so long before. Milliseconds. */
const leastWarning = 2 * 60_000;

export type Urgency = "calm" | "soon" | "late";

/** How near the time is at which an answer is due. */
export function urgencyOf({ waitingSince = 0, dueAt }: RoomView, now: number): Urgency {
  if (dueAt === undefined) return "calm";
  const warning = Math.max(leastWarning, (dueAt - waitingSince) * warningShare);
  return now >= dueAt ? "late" : now >= dueAt - warning ? "soon" : "calm";
}

/** How long a visitor has waited for an answer. */
export function Wait({ view }: { view: RoomView }) {
  if (view.waitingSince === undefined) return null;
  const now = minute.value, urgency = urgencyOf(view, now);
  const wait = waitOf(now - view.waitingSince);
  const words = say(urgency === "late" ? "waits_late" : urgency === "soon" ? "waits_soon" : "waits", {
    wait,
  });
  return (
    <span class={`wait ${urgency}`} title={words}>
      <Icon shape="clock" />
      <span aria-hidden="true">{wait}</span>
      <span class="spoken">{words}</span>
    </span>
  );
}

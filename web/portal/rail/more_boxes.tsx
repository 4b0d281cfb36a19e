import { countOf } from "../inbox/tab.ts";
import { Icon } from "../controls/icon.tsx";
import { useLive } from "../service/live_context.ts";
import { locale, say } from "../words/words.ts";
import { labelViews, type View } from "./views.ts";

/** Below the tabs of one who answers alone: who waits, what is snoozed, labels. */
export function MoreBoxes() {
  const { inbox, team } = useLive();
  const counts = inbox.counts.value, shown = inbox.tab.value;
  const boxes: View[] = [
    { tab: "waiting", name: say("box_waiting"), icon: "clock" },
    { tab: "snoozed", name: say("box_snoozed"), icon: "moon" },
    ...labelViews(team.labels.value),
  ];
  return (
    <div class="more-boxes" role="group" aria-label={say("lists")}>
      {boxes.map(({ tab, name, icon, colour }) => (
        <button
          key={tab}
          type="button"
          data-tab={tab}
          aria-pressed={shown === tab}
          onClick={() => inbox.show(shown === tab ? "open" : tab)}
        >
          {icon ? <Icon shape={icon} /> : <span class="label-dot" style={{ "--label": colour }} />}
          <bdi>{name}</bdi>{" "}
          {!!countOf(counts, tab) && (
            <span class="tab-count">{new Intl.NumberFormat(locale()).format(countOf(counts, tab)!)}</span>
          )}
        </button>
      ))}
    </div>
  );
}

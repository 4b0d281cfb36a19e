import { useLocation } from "preact-iso/router";
import { IconButton } from "../controls/button.tsx";
import { Icon } from "../controls/icon.tsx";
import { Menu } from "../controls/menu.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";
import { Face } from "./face.tsx";
import { markUnread } from "./go_on.ts";
import { openPalette } from "./palette_state.ts";

/** What an agent does to the open room, besides resolving it. */
export function RoomActs({ view }: { view: RoomView }) {
  const live = useLive(), { route } = useLocation();
  const { consumer } = view, isShared = live.team.isShared.value;
  const assignee = live.team.member(view.assignee);
  const whose = assignee ? say("assigned_to", { name: assignee.name }) : say("assigned_nobody");
  return (
    <>
      {isShared && (
        <button
          type="button"
          class="icon-button act-assign"
          title={`${whose}. ${say("assign")}`}
          aria-label={`${whose}. ${say("assign")}`}
          aria-haspopup="dialog"
          onClick={() => openPalette("assign", [consumer])}
        >
          {assignee
            ? <Face id={assignee.id} name={assignee.name} avatarUrl={assignee.avatar_url} size={20} />
            : <span class="face-nobody" />}
        </button>
      )}
      {isShared && (
        <IconButton
          icon="moon"
          class="act-snooze"
          label={say("snooze")}
          aria-haspopup="dialog"
          onClick={() => openPalette("snooze", [consumer])}
        />
      )}
      <Menu icon="more" label={say("more")}>
        {(close) => {
          const item = (act: () => void) => () => {
            close();
            act();
          };
          return (
            <>
              <button type="button" class="menu-item" onClick={item(() => openPalette("label", [consumer]))}>
                <Icon shape="tag" /> {say("label")} <kbd aria-hidden="true">L</kbd>
              </button>
              <button type="button" class="menu-item" onClick={item(() => openPalette("snooze", [consumer]))}>
                <Icon shape="moon" /> {say("snooze")} <kbd aria-hidden="true">S</kbd>
              </button>
              <button
                type="button"
                class="menu-item"
                onClick={item(() => markUnread(live, consumer, route))}
              >
                <Icon shape="eye" /> {say("mark_unread")} <kbd aria-hidden="true">U</kbd>
              </button>
            </>
          );
        }}
      </Menu>
    </>
  );
}

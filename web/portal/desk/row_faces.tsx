import { isActive, type RoomView } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";
import { Face } from "./face.tsx";

/** Most faces of colleagues who look at a room. */
const mostWatchers = 2;

/** Who looks at a room now, and whose it is; in "Mine" the own face says nothing. */
export function RowFaces({ view }: { view: RoomView }) {
  const { team, inbox, watchers } = useLive();
  const looking = watchers.of(view.consumer).value.map(({ id }) => team.member(id)).filter((one) =>
    one !== undefined && one.id !== view.assignee
  );
  const assignee = team.member(view.assignee);
  const isOwn = view.assignee !== undefined && view.assignee === inbox.you.value;
  const isAssigneeLooking = watchers.of(view.consumer).value.some(({ id }) => id === view.assignee);
  return (
    <>
      {looking.slice(0, mostWatchers).map((one) => (
        <Face
          key={one!.id}
          id={one!.id}
          name={one!.name}
          avatarUrl={one!.avatar_url}
          label={say("is_viewing", { name: one!.name })}
          isLooking
        />
      ))}
      {assignee
        ? (inbox.tab.value !== "mine" || !isOwn) && (
          <Face
            id={assignee.id}
            name={assignee.name}
            avatarUrl={assignee.avatar_url}
            label={isOwn ? say("assigned_you") : say("assigned_to", { name: assignee.name })}
            isLooking={isAssigneeLooking}
          />
        )
        : isActive(view) && looking.length === 0 && (
          <span class="face-nobody" title={say("assigned_nobody")}>
            <span class="spoken">{say("assigned_nobody")}</span>
          </span>
        )}
    </>
  );
}

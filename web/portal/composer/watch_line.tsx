import { Face } from "../desk/face.tsx";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";

/** Which colleagues look at this conversation, or write in it, said where one writes. */
export function WatchLine({ consumer }: { consumer: string }) {
  const { watchers, team } = useLive();
  const here = watchers.of(consumer).value.flatMap(({ id, composing }) => {
    const member = team.member(id);
    return member ? [{ ...member, composing }] : [];
  }).sort((a, b) => Number(b.composing) - Number(a.composing));
  const [first, ...others] = here;
  return (
    <p class="watch" role="status">
      {first && (
        <>
          <Face id={first.id} name={first.name} avatarUrl={first.avatar_url} size={16} />
          <span>
            {say(first.composing ? "colleague_writes" : "is_viewing", {
              name: others.length > 0 ? say("and_more", { name: first.name, n: others.length }) : first.name,
            })}
          </span>
        </>
      )}
    </p>
  );
}

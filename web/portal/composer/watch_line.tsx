import { Face } from "../desk/face.tsx";
import { useLive } from "../service/live_context.ts";
import { locale, say } from "../words/words.ts";

/** Which colleagues look at this conversation, or write in it, said where one writes. */
export function WatchLine({ consumer }: { consumer: string }) {
  const { watchers, team } = useLive();
  const here = watchers.of(consumer).value.flatMap(({ id, composing }) => {
    const member = team.member(id);
    return member ? [{ ...member, composing }] : [];
  });
  const writing = here.filter(({ composing }) => composing), isWriting = writing.length > 0;
  const [first, ...others] = isWriting ? writing : here;
  const words = isWriting
    ? others.length > 0 ? "colleagues_write" : "colleague_writes"
    : others.length > 0
    ? "are_viewing"
    : "is_viewing";
  return (
    <p class="watch" role="status">
      {first && (
        <>
          <Face id={first.id} name={first.name} avatarUrl={first.avatar_url} size={16} />
          <span>
            {say(words, { name: first.name, n: new Intl.NumberFormat(locale()).format(others.length) })}
          </span>
        </>
      )}
    </p>
  );
}

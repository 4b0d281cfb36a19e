import { cutLinks } from "../../../protocol/links.ts";
import { useLive } from "../service/live_context.ts";

/** A note's text; whoever it mentions stands out. `mentions`: ids of members and teams. */
export function NoteText({ text, mentions }: { text: string; mentions: readonly string[] }) {
  const { team } = useLive();
  const names = mentions.flatMap((id) => {
    const one = team.member(id), name = one?.name ?? team.team(id)?.name;
    return [name, one?.username].filter((known) => known !== undefined);
  });
  return (
    <>
      {cutMentions(text, names).map(({ part, isMention }, i) =>
        isMention
          ? <strong key={i} class="mention">{part}</strong>
          : cutLinks(part).map(({ text, href }, j) =>
            href
              ? <a key={`${i} ${j}`} href={href} target="_blank" rel="noopener noreferrer nofollow">{text}</a>
              : text
          )
      )}
    </>
  );
}

/** Cuts a text where `@` and one of the names stand. */
function cutMentions(text: string, names: readonly string[]): { part: string; isMention: boolean }[] {
  if (names.length === 0) return [{ part: text, isMention: false }];
  const any = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).sort((a, b) =>
    b.length - a.length
  );
  const parts = text.split(new RegExp(`(@(?:${any.join("|")}))`, "giu"));
  return parts.map((part, i) => ({ part, isMention: i % 2 === 1 })).filter(({ part }) => part !== "");
}

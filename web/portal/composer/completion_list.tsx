import { Face } from "../desk/face.tsx";
import { say } from "../words/words.ts";
import type { Completion } from "./use_completion.ts";

export const completionId = "completions";

/** What may be inserted at the cursor. The focus stays in the text. */
export function CompletionList({ offers, at, sign, pick }: Completion) {
  if (offers.length === 0) return null;
  return (
    <ul
      class="completions"
      id={completionId}
      role="listbox"
      aria-label={say(sign === "@" ? "colleagues" : "canned_replies")}
    >
      {offers.map((offer, i) => (
        <li
          key={offer.id}
          id={`${completionId}-${i}`}
          role="option"
          aria-selected={i === at}
          // The text keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(offer)}
        >
          {sign === "@" && <Face id={offer.id} name={offer.name} avatarUrl={offer.avatarUrl} size={20} />}
          <bdi class="completion-name">{offer.name}</bdi>
          <bdi class="completion-hint">{offer.hint}</bdi>
          {sign === "/" && <bdi class="completion-text">{offer.text}</bdi>}
        </li>
      ))}
    </ul>
  );
}

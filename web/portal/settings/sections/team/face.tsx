import { hashOf } from "../../../../../protocol/visitor_name.ts";
import { initialsOf } from "../../../words/names.ts";

const tints = 10;

/** A colleague: the picture, else initials on a colour of its own. The name stands beside it. */
export function Face({ id, name, picture }: { id: string; name: string; picture?: string }) {
  return (
    <span class={`set-face tint-${hashOf(id) % tints}`} translate={false} aria-hidden="true">
      {picture ? <img src={picture} alt="" referrerpolicy="no-referrer" /> : initialsOf(id, name)}
    </span>
  );
}

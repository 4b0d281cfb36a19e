import { hashOf } from "../../../protocol/visitor_name.ts";
import { useState } from "preact/hooks";
import { initialsOf } from "../words/names.ts";

interface FaceProps {
  /** Id of a member; its colour. */
  id: string;
  name: string;
  avatarUrl?: string;
  /** Pixels; 18 in rows, 24 in threads. */
  size?: number;
  /** Words for screen readers and the tooltip; absent where the name stands beside it. */
  label?: string;
  /** Ringed: this member looks at the conversation now. */
  isLooking?: boolean;
}

/** Number of tints in `style/controls.css`. */
const tints = 10;

/** A colleague: the picture, else initials on a colour of its own. */
export function Face({ id, name, avatarUrl, size = 18, label, isLooking }: FaceProps) {
  // The page's policy shows pictures of its own origin alone.
  const [failed, fail] = useState<string>();
  return (
    <span
      class={`face tint-${hashOf(id) % tints} ${isLooking ? "looking" : ""}`}
      style={{ "--face": `${size}px` }}
      title={label}
      translate={false}
    >
      {avatarUrl && avatarUrl !== failed
        ? (
          <img
            src={avatarUrl}
            alt=""
            referrerpolicy="no-referrer"
            loading="lazy"
            onError={() => fail(avatarUrl)}
          />
        )
        : <span aria-hidden="true">{initialsOf(id, name)}</span>}
      {label && <span class="spoken">{label}</span>}
    </span>
  );
}

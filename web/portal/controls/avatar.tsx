import { initialsOf, tintOf } from "../words/names.ts";

interface AvatarProps {
  consumer: string;
  name?: string;
  online?: boolean;
  size?: "small" | "large";
}

/** Initials on a stable colour of this visitor; a dot if online. The state is also in words beside it. */
export function Avatar({ consumer, name, online, size = "small" }: AvatarProps) {
  return (
    <span class={`avatar ${size} tint-${tintOf(consumer)}`} translate={false} aria-hidden="true">
      {initialsOf(consumer, name)}
      {online && <span class="dot" />}
    </span>
  );
}

import { IconButton } from "../controls/button.tsx";
import { useLive } from "../service/live_context.ts";
import { count, say } from "../words/words.ts";
import { openPalette } from "./palette_state.ts";

/** What may be done to all picked rooms at once. */
export function BulkBar() {
  const { picked, desk, inbox } = useLive();
  const rooms = [...picked.rooms.value];
  const isAll = rooms.length >= inbox.shown.value.rooms.length;
  const resolve = async () => {
    if (await desk.resolve(rooms)) picked.clear();
  };
  return (
    <div class="bulk" role="toolbar" aria-label={say("bulk")}>
      <input
        type="checkbox"
        checked={isAll}
        aria-label={say(isAll ? "pick_none" : "pick_all")}
        onChange={() => isAll ? picked.clear() : picked.all()}
      />
      <span class="bulk-count" role="status">{count("picked", rooms.length)}</span>
      <IconButton icon="user" label={say("assign")} onClick={() => openPalette("assign", rooms)} />
      <IconButton icon="tag" label={say("label")} onClick={() => openPalette("label", rooms)} />
      <IconButton icon="moon" label={say("snooze")} onClick={() => openPalette("snooze", rooms)} />
      <IconButton icon="check" label={say("resolve")} onClick={() => void resolve()} />
      <IconButton icon="close" label={say("pick_none")} onClick={() => picked.clear()} />
    </div>
  );
}

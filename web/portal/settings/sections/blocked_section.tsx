import type { BlockedVisitor } from "../../../../protocol/portal.ts";
import { useAttempt } from "../state/attempt.ts";
import { useEditor } from "../state/editor.ts";
import { Loaded, useLoaded } from "../controls/loaded.tsx";
import { Group, Section } from "../controls/section.tsx";
import { nameOf } from "../../words/names.ts";
import { fetchBlocked, unblock } from "../state/settings_calls.ts";
import { moment, say } from "../words/settings_words.ts";

/** Blocked visitors, with a button to unblock. */
export function BlockedSection() {
  const editor = useEditor();
  const list = useLoaded(fetchBlocked);
  const { problem, isBusy, attempt } = useAttempt();
  const undo = (visitor: BlockedVisitor) =>
    attempt(async () => {
      await unblock(visitor.room.consumer);
      await list.load();
      editor.announce(say("set_unblocked", { name: nameOf(visitor.room) }));
      document.getElementById("set-heading")?.focus();
    });
  return (
    <Section name="blocked">
      <Group>
        <Loaded of={list}>
          {(visitors) =>
            visitors.length === 0
              ? <p class="set-hint">{say("set_nobody_blocked")}</p>
              : (
                <ul class="set-list">
                  {visitors.map((visitor) => (
                    <li key={visitor.room.consumer}>
                      <div>
                        <strong dir="auto">{nameOf(visitor.room)}</strong>
                        <p class="set-hint">{say("set_blocked_at", { time: moment(visitor.blocked) })}</p>
                      </div>
                      <button
                        type="button"
                        class="set-button"
                        aria-disabled={isBusy.value}
                        aria-label={say("set_unblock_name", { name: nameOf(visitor.room) })}
                        onClick={() => undo(visitor)}
                      >
                        {say("set_unblock")}
                      </button>
                    </li>
                  ))}
                </ul>
              )}
        </Loaded>
        <p class="set-problem" role="alert">{problem.value}</p>
      </Group>
    </Section>
  );
}

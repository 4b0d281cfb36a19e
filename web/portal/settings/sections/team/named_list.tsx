import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Confirm } from "../../controls/confirm.tsx";
import { Group } from "../../controls/section.tsx";
import { Icon, shapes } from "../../controls/icon.tsx";
import { useAttempt } from "../../state/attempt.ts";
import { useEditor } from "../../state/editor.ts";
import { say } from "../../words/settings_words.ts";

interface Named {
  id: string;
  name: string;
}

interface NamedListProps<One extends Named> {
  all: readonly One[];
  /** Shown where there are none. */
  none: string;
  /** Label of the button that adds one. */
  add: string;
  row(one: One): ComponentChildren;
  /** The form: for a new one without `one`. */
  form(one: One | undefined, close: () => void): ComponentChildren;
  drop(one: One): Promise<void>;
  /** What deleting one means. */
  dropText: string;
  mayChange?(one: One): boolean;
}

/** Things with names: a list where each is changed in a dialog, or deleted after asking. */
export function NamedList<One extends Named>(
  { all, none, add, row, form, drop, dropText, mayChange = () => true }: NamedListProps<One>,
) {
  const editor = useEditor();
  const edited = useSignal<One | "new" | undefined>(undefined);
  const dropped = useSignal<One | undefined>(undefined);
  const { problem, attempt } = useAttempt();
  const remove = (one: One) =>
    attempt(async () => {
      await drop(one);
      editor.announce(say("set_deleted", { name: one.name }));
      document.getElementById("set-heading")?.focus();
    });
  return (
    <Group>
      {all.length === 0 ? <p class="set-hint">{none}</p> : (
        <ul class="set-list">
          {all.map((one) => (
            <li key={one.id}>
              <div class="set-grow">{row(one)}</div>
              {mayChange(one) && (
                <>
                  <button
                    type="button"
                    class="set-button"
                    aria-label={say("set_change_name", { name: one.name })}
                    onClick={() => edited.value = one}
                  >
                    {say("set_change")}
                  </button>
                  <button
                    type="button"
                    class="set-tool"
                    aria-label={say("set_delete_name", { name: one.name })}
                    title={say("set_delete_name", { name: one.name })}
                    onClick={() => dropped.value = one}
                  >
                    <Icon shape={shapes.close} />
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
      <div class="set-actions">
        <button type="button" class="set-button" onClick={() => edited.value = "new"}>
          <Icon shape={shapes.add} /> {add}
        </button>
      </div>
      {edited.value &&
        form(edited.value === "new" ? undefined : edited.value, () => edited.value = undefined)}
      {dropped.value && (
        <Confirm
          title={say("set_delete_title", { name: dropped.value.name })}
          yes={say("set_delete")}
          onAnswer={(isYes) => {
            const one = dropped.value!;
            dropped.value = undefined;
            if (isYes) void remove(one);
          }}
        >
          {dropText}
        </Confirm>
      )}
    </Group>
  );
}

import { Dialog } from "../controls/dialog.tsx";
import { say, type Word } from "../words/words.ts";

const keys: [keys: string[], does: Word][] = [
  [["j"], "key_next"],
  [["k"], "key_previous"],
  [["Enter"], "key_open"],
  [["r"], "key_reply"],
  [["e"], "key_resolve"],
  [["/"], "key_search"],
  [["?"], "key_help"],
  [["Esc"], "key_back"],
  [["Enter"], "key_send"],
  [["Shift", "Enter"], "key_break"],
];

/** Help on keyboard shortcuts. */
export function KeysHelp({ close }: { close(): void }) {
  return (
    <Dialog title={say("keys")} close={close}>
      <dl class="keys">
        {keys.map(([pressed, does]) => (
          <div key={does}>
            <dt>
              {pressed.map((key, i) => (
                <span key={key}>
                  {i > 0 && " + "}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{say(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

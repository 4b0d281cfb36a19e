import { addStyle } from "../controls/add_style.ts";
import { Dialog } from "../controls/dialog.tsx";
import { say, type Word } from "./keys_words.ts";
import style from "./keys_help.css" with { type: "text" };

addStyle(style);

const keys: [keys: string[], does: Word][] = [
  [["j"], "key_next"],
  [["k"], "key_previous"],
  [["Enter"], "key_open"],
  [["r"], "key_reply"],
  [["n"], "key_note"],
  [["e"], "key_resolve"],
  [["a"], "key_assign"],
  [["l"], "key_label"],
  [["s"], "key_snooze"],
  [["u"], "key_unread"],
  [["x"], "key_pick"],
  [["z"], "key_undo"],
  [["/"], "key_search"],
  [["?"], "key_help"],
  [["Esc"], "key_back"],
  [["Enter"], "key_send"],
  [["Shift", "Enter"], "key_break"],
  [["/"], "key_canned"],
  [["@"], "key_mention"],
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

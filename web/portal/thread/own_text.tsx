import { useState } from "preact/hooks";
import { addStyle } from "../controls/add_style.ts";
import { Button } from "../controls/button.tsx";
import { Confirm } from "../controls/confirm.tsx";
import { Dialog } from "../controls/dialog.tsx";
import { Icon } from "../controls/icon.tsx";
import { lazy } from "../controls/lazy.tsx";
import { Menu } from "../controls/menu.tsx";
import { useLive } from "../service/live_context.ts";
import { roleMay } from "../service/roles.ts";
import { say } from "./own_text_words.ts";
import style from "./own_text.css" with { type: "text" };

addStyle(style);

interface OwnTextProps {
  seq: number;
  content: string;
  /** Its author is this member, who may still change it. */
  isRecent?: boolean;
}

const MakeAnswer = lazy(async () => (await import("../assist/make_answer.tsx")).MakeAnswer, () => null);

const shapes = { edit: "note", delete: "trash", answer: "bot" } as const;
type Act = keyof typeof shapes;

/**
 * What the author of a recent text can do to it, and what whoever writes the bot's answers can. The service decides whether
 * it still can be done.
 */
export function OwnText({ seq, content, isRecent }: OwnTextProps) {
  const { desk, inbox, hasBot, team, username, workspace } = useLive();
  const [asked, ask] = useState<Act>();
  const role = team.you.value?.role ?? (username === workspace ? "owner" : undefined);
  const acts: Act[] = [
    ...isRecent ? ["edit", "delete"] as const : [],
    ...hasBot.value && roleMay(role, "content") ? ["answer"] as const : [],
  ];
  const consumer = inbox.selected.value;
  if (consumer === undefined || acts.length === 0) return null;
  const close = () => ask(undefined);
  return (
    <>
      <Menu icon="more" label={say("change_text")}>
        {(closeMenu) =>
          acts.map((act) => (
            <button key={act} type="button" class="menu-item" onClick={() => (closeMenu(), ask(act))}>
              <Icon shape={shapes[act]} /> {say(act === "answer" ? "make_answer" : `${act}_text`)}
            </button>
          ))}
      </Menu>
      {asked === "edit" && (
        <EditText
          content={content}
          close={close}
          save={(text) => desk.editText(consumer, seq, text)}
        />
      )}
      {asked === "answer" && <MakeAnswer consumer={consumer} seq={seq} close={close} />}
      {asked === "delete" && (
        <Confirm
          title={say("delete_text_title")}
          text={say("delete_text_why")}
          yes={say("delete_text")}
          act={() => Promise.resolve(void desk.deleteText(consumer, seq))}
          close={close}
        />
      )}
    </>
  );
}

interface EditTextProps {
  content: string;
  close(): void;
  /** Whether it was sent. */
  save(text: string): boolean;
}

function EditText({ content, close, save }: EditTextProps) {
  const [text, setText] = useState(content);
  const isReady = text.trim() !== "" && text.trim() !== content;
  const submit = (event: Event) => {
    event.preventDefault();
    if (isReady && save(text.trim())) close();
  };
  return (
    <Dialog title={say("edit_text")} close={close}>
      <form class="edit-text" onSubmit={submit}>
        <textarea
          aria-label={say("edit_text")}
          dir="auto"
          rows={4}
          maxLength={4_000}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div class="buttons">
          <Button onClick={close}>{say("cancel")}</Button>
          <Button kind="main" type="submit" disabled={!isReady}>{say("save")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

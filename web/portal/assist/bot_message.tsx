import type { Message } from "../../../protocol/records.ts";
import { addStyle } from "../controls/add_style.ts";
import { Icon } from "../controls/icon.tsx";
import { useLive } from "../service/live_context.ts";
import { say } from "./assist_words.ts";
import style from "./assist.css" with { type: "text" };

addStyle(style);

/** What a message of the bot carries beside its text; of a visitor's message, that it was a pressed button. */
export function BotMessage({ message }: { message: Message }) {
  const { extra, reply } = message;
  if (reply) return <p class="ast-press">{say("ast_press")}</p>;
  if (extra?.type !== "buttons" && extra?.type !== "answer") return null;
  const { sources = [], helpful } = extra.type === "answer" ? extra : {};
  const buttons = extra.buttons ?? [];
  const isBare = buttons.length + sources.length === 0 && !helpful;
  return isBare ? null : (
    <div class="ast-extra">
      {sources.length > 0 && (
        <ol class="ast-sources" aria-label={say("ast_sources")}>
          {sources.map(({ n, title, url }) => (
            <li key={n}>
              [{n}] {url
                ? <a href={url} target="_blank" rel="noopener noreferrer nofollow">{title}</a>
                : <bdi>{title}</bdi>}
            </li>
          ))}
        </ol>
      )}
      {buttons.length > 0 && <Choices seq={message.seq} buttons={buttons} label={say("ast_buttons")} />}
      {helpful && (
        <div class="ast-helpful">
          <span>{say("ast_helpful")}</span>
          <Choices
            seq={message.seq}
            label={say("ast_helpful")}
            buttons={[{ id: "yes", label: say("ast_yes") }, { id: "no", label: say("ast_no") }]}
          />
        </div>
      )}
    </div>
  );
}

interface ChoicesProps {
  seq: number;
  label: string;
  buttons: { id: string; label: string }[];
}

/** The buttons that the visitor sees, as labels: an agent does not press them. */
function Choices({ seq, label, buttons }: ChoicesProps) {
  const live = useLive(), consumer = live.inbox.selected.value;
  const blocks = consumer === undefined ? [] : live.talk(consumer).shown.value.blocks;
  const pressed = blocks.flat().find(({ reply }) => reply?.seq === seq)?.reply?.button;
  return (
    <ul class="ast-choices" aria-label={label}>
      {buttons.map((button) => (
        <li key={button.id} class={button.id === pressed ? "pressed" : ""}>
          {button.id === pressed && <Icon shape="check" />}
          <bdi>{button.label}</bdi>
          {button.id === pressed && <span class="spoken">, {say("ast_pressed")}</span>}
        </li>
      ))}
    </ul>
  );
}

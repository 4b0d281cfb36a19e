import { addStyle } from "../controls/add_style.ts";
import { useLive } from "../service/live_context.ts";
import { say } from "./assist_words.ts";
import style from "./assist.css" with { type: "text" };

addStyle(style);

/** The text that the bot writes at present. Its end comes as a message. */
export function PartialText() {
  const { assist } = useLive(), text = assist.partial.value?.text;
  return (
    <div class="row own bot ast-partial">
      <span class="spoken" role="status">{say("ast_writing")}</span>
      <div class="line">
        <div class="bubble" dir="auto" aria-hidden="true">{text}</div>
      </div>
    </div>
  );
}

import { PartHead } from "../controls/part_head.tsx";
import type { BotPartProps } from "../tabs.ts";
import { say } from "../words/bot_words.ts";

/** `/messages/bot/flows`. */
export function FlowsPart(_: BotPartProps) {
  return (
    <div class="bot-column">
      <PartHead title={say("bot_flows")} />
    </div>
  );
}

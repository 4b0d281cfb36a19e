import { PartHead } from "../controls/part_head.tsx";
import type { BotPartProps } from "../tabs.ts";
import { say } from "../words/bot_words.ts";

/** `/messages/bot/settings`. */
export function SettingsPart(_: BotPartProps) {
  return (
    <div class="bot-column">
      <PartHead title={say("bot_settings")} />
    </div>
  );
}

import { PartHead } from "../controls/part_head.tsx";
import type { BotPartProps } from "../tabs.ts";
import { say } from "../words/bot_words.ts";

/** `/messages/bot/articles`. */
export function ArticlesPart(_: BotPartProps) {
  return (
    <div class="bot-column">
      <PartHead title={say("bot_articles")} />
    </div>
  );
}

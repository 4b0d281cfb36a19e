import { useLive } from "../../service/live_context.ts";
import type { ButtonDraft } from "../state/kinds.ts";
import { say } from "../words/knowledge_words.ts";

interface AnswerPreviewProps {
  title: string;
  body: string;
  buttons: readonly ButtonDraft[];
  /** Language tag; empty: unknown. */
  lang: string;
}

/** The question and the answer as they look in the chat. */
export function AnswerPreview({ title, body, buttons, lang }: AnswerPreviewProps) {
  const name = useLive().chatbot.value?.title ?? "";
  return (
    <aside class="bot-preview" aria-label={say("kn_preview")}>
      <h3>{say("kn_preview")}</h3>
      <div class="bot-chat" lang={lang || undefined}>
        {title && <p class="bot-asks" dir="auto">{title}</p>}
        {(body || buttons.length > 0) && (
          <BotSays
            name={name}
            body={body}
            labels={buttons.map(({ label }) => label)}
          />
        )}
      </div>
    </aside>
  );
}

/** A text of the bot with the labels of its buttons. */
export function BotSays({ name, body, labels }: { name: string; body: string; labels: readonly string[] }) {
  return (
    <>
      {name && <span class="bot-name">{name}</span>}
      {body && <p class="bot-says" dir="auto">{body}</p>}
      {labels.some(Boolean) && (
        <div class="bot-labels">
          {labels.filter(Boolean).map((label, n) => <span key={n} dir="auto">{label}</span>)}
        </div>
      )}
    </>
  );
}

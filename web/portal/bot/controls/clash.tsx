import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { useLive } from "../../service/live_context.ts";
import type { ItemDraft } from "../state/item_draft.ts";
import { languageName } from "./languages.ts";
import { type KnowledgeWord, say } from "../words/knowledge_words.ts";

/** Two have changed the same fields at once: both texts, and which of them stays. */
// deno-lint-ignore no-explicit-any
export function Clashes({ draft, keepOurs }: { draft: ItemDraft<any, any>; keepOurs(): void }) {
  const { team } = useLive();
  const clashes = draft.clashes.value, box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (clashes.length > 0) box.current?.focus();
  }, [clashes]);
  if (clashes.length === 0) return null;
  const name = team.member(draft.saved.value?.by)?.name ?? say("kn_somebody");
  return (
    <div class="bot-clash" role="alert" tabIndex={-1} ref={box}>
      <h2>{say("kn_clash", { name })}</h2>
      <p>{say("kn_clash_text")}</p>
      {clashes.map(({ field, theirs, ours }) => (
        <div key={String(field)}>
          <h3>{say(`kn_field_${String(field)}` as KnowledgeWord)}</h3>
          <div class="bot-both">
            {([["kn_theirs", theirs], ["kn_ours", ours]] as const).map(([word, value]) => (
              <div key={word}>
                <span class="muted">{say(word)}</span>
                <p dir="auto">{textOf(value) || say("kn_field_empty")}</p>
              </div>
            ))}
          </div>
        </div>
      ))}
      <div class="buttons">
        <Button onClick={() => draft.takeTheirs()}>{say("kn_take_theirs")}</Button>
        <Button kind="main" onClick={keepOurs}>{say("kn_keep_ours")}</Button>
      </div>
    </div>
  );
}

/** A field's value as lines. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    return value.map((one) => typeof one === "string" ? one : String(one.label)).join("\n");
  }
  return Object.entries(value as Record<string, { title: string; body: string }>)
    .map(([tag, { title, body }]) => `${languageName(tag)}: ${title}\n${body}`).join("\n");
}

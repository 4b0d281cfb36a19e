import { useState } from "preact/hooks";
import { maxPhrases } from "../../../../protocol/limits.ts";
import { Field } from "../../controls/field.tsx";
import { useLive } from "../../service/live_context.ts";
import type { ItemEditorProps } from "../controls/items_part.tsx";
import { ItemForm } from "../controls/item_form.tsx";
import { TextArea } from "../controls/text_area.tsx";
import { draftOf } from "../state/item_draft.ts";
import { type AnswerFields, answerKind, type AnswerSeen } from "../state/kinds.ts";
import { phrasesIn } from "../state/lines.ts";
import { problemAt } from "../state/problem_at.ts";
import { say } from "../words/knowledge_words.ts";
import { languageName } from "../controls/languages.ts";
import { AnswerButtons } from "./answer_buttons.tsx";
import { AnswerPreview } from "./answer_preview.tsx";
import { Languages } from "./languages.tsx";

/** An answer: its title, the ways to ask for it, its text, the same in other languages, and its buttons. */
export function AnswerEditor({ id, mayEdit, ...rest }: ItemEditorProps) {
  const { username, workspace } = useLive();
  const draft = draftOf<AnswerFields, AnswerSeen>(answerKind, { username, workspace, id });
  const { locales, buttons, ...main } = draft.now.value;
  const [language, choose] = useState("");
  const wrong = draft.wrong.value;
  const inWrong = Object.keys(wrong).find((field) => field.startsWith("locales."))?.split(".")[1];
  const shown = language in locales ? language : "";
  const text = shown ? locales[shown]! : main, path = shown ? `locales.${shown}.` : "";
  const set = (change: Partial<typeof text>) =>
    draft.set(shown ? { locales: { ...locales, [shown]: { ...locales[shown]!, ...change } } } : change);
  return (
    <ItemForm
      {...{ draft, mayEdit, ...rest }}
      tab="answers"
      title={say("kn_new_answer")}
      aside={<AnswerPreview title={text.title} body={text.body} buttons={buttons} lang={shown} />}
    >
      <Languages
        tags={Object.keys(locales)}
        value={shown}
        wrong={inWrong}
        mayEdit={mayEdit}
        choose={choose}
        add={(tag) => {
          draft.set({ locales: { ...locales, [tag]: { title: "", phrases: [], body: "" } } });
          choose(tag);
        }}
        drop={(tag) => {
          const { [tag]: _, ...others } = locales;
          draft.set({ locales: others });
          choose("");
        }}
      />
      <Field
        key={`${shown}-title`}
        label={say("kn_question")}
        hint={shown ? say("kn_variant_hint", { language: languageName(shown) }) : say("kn_question_hint")}
        dir="auto"
        maxLength={120}
        value={text.title}
        autoFocus={id === undefined}
        problem={problemAt(wrong, `${path}title`)}
        onInput={({ currentTarget }) => set({ title: currentTarget.value })}
      />
      <Phrases
        key={`${shown}-phrases`}
        phrases={text.phrases}
        problem={problemAt(wrong, `${path}phrases`)}
        set={(phrases) => set({ phrases })}
      />
      <TextArea
        key={`${shown}-body`}
        label={say("kn_body")}
        hint={say("kn_body_hint")}
        rows={6}
        max={4_000}
        value={text.body}
        problem={problemAt(wrong, `${path}body`)}
        onChange={(body) => set({ body })}
      />
      <AnswerButtons
        buttons={buttons}
        own={id}
        mayEdit={mayEdit}
        wrong={wrong}
        set={(buttons) => draft.set({ buttons })}
      />
    </ItemForm>
  );
}

/** One phrase a line. What is typed stays as typed until the field is left. */
function Phrases({ phrases, problem, set }: {
  phrases: readonly string[];
  problem?: string | undefined;
  set(phrases: string[]): void;
}) {
  const [typed, type] = useState<string>();
  return (
    <TextArea
      label={say("kn_phrases")}
      hint={say("kn_phrases_hint", { n: phrases.length, max: maxPhrases })}
      rows={6}
      value={typed !== undefined && isSame(phrasesIn(typed), phrases) ? typed : phrases.join("\n")}
      problem={problem}
      onChange={(text) => {
        type(text);
        set(phrasesIn(text));
      }}
      onBlur={() => type(undefined)}
    />
  );
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((text, i) => text === other[i]);

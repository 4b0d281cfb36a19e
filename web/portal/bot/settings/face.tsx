import { Field } from "../../controls/field.tsx";
import { Select } from "../controls/select.tsx";
import type { Titled } from "../state/titles.ts";
import { say } from "../words/options_words.ts";
import type { OptionsDraft } from "./options_draft.ts";

/** Suggested questions at most. */
const mostSuggested = 4;

interface FaceProps {
  draft: OptionsDraft;
  /** All answers; undefined until they are loaded. */
  titles: readonly Titled[] | undefined;
}

/** Name and picture of the bot, and what it offers first. */
export function Face({ draft, titles }: FaceProps) {
  const { name, avatar_url } = draft.now.value!, wrong = draft.wrong.value;
  return (
    <section class="bot-group" aria-labelledby="bot-face">
      <h2 id="bot-face">{say("opt_face")}</h2>
      <Field
        label={say("opt_name")}
        hint={say("opt_name_hint")}
        dir="auto"
        maxLength={40}
        value={name}
        problem={wrong.name}
        onInput={({ currentTarget }) => draft.set({ name: currentTarget.value })}
      />
      <Field
        label={say("opt_avatar")}
        hint={say("opt_avatar_hint")}
        type="url"
        dir="ltr"
        placeholder="https://"
        value={avatar_url}
        problem={wrong.avatar_url}
        onInput={({ currentTarget }) => draft.set({ avatar_url: currentTarget.value.trim() })}
      />
      {titles !== undefined && titles.length > 0 && <Suggested draft={draft} titles={titles} />}
    </section>
  );
}

function Suggested({ draft, titles }: { draft: OptionsDraft; titles: readonly Titled[] }) {
  const { suggested } = draft.now.value!;
  const put = (n: number, id: string) => {
    const next = n < suggested.length ? suggested.map((own, i) => i === n ? id : own) : [...suggested, id];
    draft.set({ suggested: next.filter(Boolean) });
  };
  return (
    <div class="bot-picks" role="group" aria-label={say("opt_suggested")}>
      <span class="bot-label" aria-hidden="true">{say("opt_suggested")}</span>
      <p class="hint">{say("opt_suggested_hint")}</p>
      {[...suggested, ""].slice(0, mostSuggested).map((own, n) => (
        <Select
          key={n}
          label={say("opt_question", { n: n + 1 })}
          isBare
          options={optionsOf(titles, suggested, own)}
          value={own}
          onChange={(id) => put(n, id)}
        />
      ))}
    </div>
  );
}

/** None, the answers that are not suggested already, and the own one, which may be deleted by now. */
function optionsOf(titles: readonly Titled[], suggested: readonly string[], own: string): [string, string][] {
  const free = titles.filter(([id]) => id === own || !suggested.includes(id));
  const isGone = own !== "" && !titles.some(([id]) => id === own);
  return [["", say("opt_no_question")], ...isGone ? [[own, say("opt_gone")] as Titled] : [], ...free];
}

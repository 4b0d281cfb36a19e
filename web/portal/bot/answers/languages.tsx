import { IconButton } from "../../controls/button.tsx";
import { languageName, languagesBut } from "../controls/languages.ts";
import { Segments } from "../controls/segments.tsx";
import { Select } from "../controls/select.tsx";
import { say } from "../words/knowledge_words.ts";

interface LanguagesProps {
  tags: readonly string[];
  /** The one that is edited; empty: the text for every language. */
  value: string;
  /** A language with a problem. */
  wrong?: string | undefined;
  mayEdit: boolean;
  choose(tag: string): void;
  add(tag: string): void;
  drop(tag: string): void;
}

/** Which language of an answer is edited. */
export function Languages({ tags, value, wrong, mayEdit, choose, add, drop }: LanguagesProps) {
  const named = tags.map((tag) => [tag, `${languageName(tag)}${tag === wrong ? " !" : ""}`] as const);
  return (
    <div class="bot-languages">
      {tags.length > 0 && (
        <Segments
          label={say("kn_language")}
          options={[["", say("kn_all_languages")], ...named]}
          value={value}
          onChange={choose}
        />
      )}
      {mayEdit && (
        <Select
          label={say("kn_add_language")}
          isBare
          options={[["", say("kn_add_language")], ...languagesBut(tags)]}
          value=""
          onChange={(tag) => tag && add(tag)}
        />
      )}
      {mayEdit && value && (
        <IconButton
          icon="trash"
          label={say("kn_drop_language", { language: languageName(value) })}
          onClick={() => drop(value)}
        />
      )}
    </div>
  );
}

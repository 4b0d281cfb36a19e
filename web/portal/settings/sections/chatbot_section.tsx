import { Choice } from "../controls/choice.tsx";
import { ColourField } from "../controls/colour_field.tsx";
import { Preview } from "./preview.tsx";
import { PrechatFields } from "./prechat_fields.tsx";
import { Group, Section } from "../controls/section.tsx";
import { LongField, TextField } from "../controls/text_field.tsx";
import { locale, say, type SettingsWord } from "../words/settings_words.ts";
import type { ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { useEditor } from "../state/editor.ts";

/** Texts and look of the widget, with a preview. */
export function ChatbotSection() {
  const bound = useBound();
  return (
    <Section name="chatbot">
      <div class="set-beside">
        <div class="set-fields">
          <Group title={say("set_group_words")}>
            <TextField {...bound("title")} />
            <TextField {...bound("subtitle", { hint: "set_subtitle_hint" })} />
            <LongField {...bound("greeting", { hint: "set_greeting_hint" })} />
            <LongField {...bound("away_message", { hint: "set_away_message_hint" })} />
            <TextField
              {...bound("locale", { hint: "set_locale_hint" })}
              placeholder={say("set_locale_empty")}
              list="set-locales"
              autocomplete="off"
              spellcheck={false}
            />
            <Locales />
          </Group>
          <Group title={say("set_group_look")}>
            <ColourField {...bound("accent")} />
            <Choice
              {...bound("position")}
              options={[["left", say("set_left")], ["right", say("set_right")]]}
            />
            <TextField {...bound("launcher_text", { hint: "set_launcher_text_hint" })} />
            <TextField
              {...bound("avatar_url", { hint: "set_avatar_url_hint" })}
              type="url"
              dir="ltr"
              placeholder="https://"
              spellcheck={false}
            />
          </Group>
          <PrechatFields />
        </div>
        <Preview />
      </div>
    </Section>
  );
}

/** The languages that the widget speaks; any other tag may be typed. */
const spoken = ["en", "hi", "es", "fr", "de", "pt", "ar", "ja"];

function Locales() {
  const names = new Intl.DisplayNames(locale(), { type: "language" });
  return (
    <datalist id="set-locales">
      {spoken.map((tag) => <option key={tag} value={tag}>{names.of(tag)}</option>)}
    </datalist>
  );
}

/** Binds a field to the draft. */
function useBound() {
  const { draft } = useEditor();
  return <Name extends keyof ChatbotSettings>(path: Name, { hint }: { hint?: SettingsWord } = {}) => ({
    path,
    label: say(`set_${path}` as SettingsWord),
    hint: hint && say(hint),
    problem: draft.wrong.value[path],
    value: draft.now.value![path],
    onChange: (value: ChatbotSettings[Name]) => draft.set({ [path]: value }),
  });
}

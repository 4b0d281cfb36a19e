import type { ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { useEditor } from "./editor.ts";
import { say, type SettingsWord } from "../words/settings_words.ts";

/** What ties a field of one of the settings to the draft. */
export function useBound() {
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

import { useEditor } from "./editor.ts";
import { addressOf, type SectionName, sectionOf } from "../section_list.ts";
import { say } from "../words/settings_words.ts";

/** Saves the draft; on a wrong field, navigates to it. */
export function useSave(present: SectionName): () => Promise<boolean> {
  const editor = useEditor();
  const { draft } = editor;
  return async () => {
    if (!draft.isChanged.value) return true;
    editor.isWrongDue = true;
    const isSaved = await draft.save();
    const places = Object.keys(draft.wrong.value).map(sectionOf);
    editor.isWrongDue = places.length > 0;
    if (isSaved) editor.announce(say("set_saved"));
    else if (places[0] && !places.includes(present)) editor.exits.go(addressOf(places[0]));
    return isSaved;
  };
}

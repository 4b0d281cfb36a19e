import { useDesk } from "./desk.ts";
import { addressOf, type SectionName, sectionOf } from "../section_list.ts";
import { say } from "../words/settings_words.ts";

/** Saves the draft; where a field is wrong, goes to it. */
export function useSave(present: SectionName): () => Promise<boolean> {
  const desk = useDesk();
  const { draft } = desk;
  return async () => {
    if (!draft.isChanged.value) return true;
    desk.isWrongDue = true;
    const isSaved = await draft.save();
    const places = Object.keys(draft.wrong.value).map(sectionOf);
    desk.isWrongDue = places.length > 0;
    if (isSaved) desk.announce(say("set_saved"));
    else if (places[0] && !places.includes(present)) desk.doors.go(addressOf(places[0]));
    return isSaved;
  };
}

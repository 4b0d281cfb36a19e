import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { answerTitles } from "../state/titles.ts";
import { Pick } from "./fields.tsx";
import { say } from "./words/flow_words.ts";

type Named = readonly (readonly [id: string, name: string])[];

/** What can be chosen, with what is chosen and exists no more. */
export const withGone = (all: Named, id: string | undefined): Named =>
  id && all.every(([other]) => other !== id) ? [...all, [id, say("flow_gone")]] : all;

const titles = signal<Named | undefined>(undefined);

/** An answer, by its title. */
export function PickAnswer({ id, set }: { id: string; set(id: string): void }) {
  useEffect(() => {
    answerTitles().then((all) => titles.value = all, () => {});
  }, []);
  const all = titles.value;
  // Until the titles are there nothing is said to be gone.
  const known: Named = all ? withGone(all, id) : id ? [[id, "…"]] : [];
  return (
    <Pick
      label={say("flow_answer")}
      value={id}
      options={[["", say("flow_choose")], ...known]}
      set={set}
    />
  );
}

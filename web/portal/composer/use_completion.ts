import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import type { RoomView } from "../inbox/room_view.ts";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";
import { cannedReplies, countUse, findCanned, loadCanned } from "./canned_replies.ts";
import { expandCanned, gapFrom } from "./canned_text.ts";
import { insertText, type Trigger, triggerAt, type TriggerSign } from "./trigger.ts";

/** Most entries of the list. */
const mostOffered = 8;

/** What may be inserted. */
export interface Offer {
  id: string;
  name: string;
  hint: string;
  text: string;
  avatarUrl?: string;
}

export type Completion = ReturnType<typeof useCompletion>;

/** Completes "/" by canned replies and, in notes, "@" by colleagues. */
export function useCompletion(input: RefObject<HTMLTextAreaElement | null>, view: RoomView, isNote: boolean) {
  const live = useLive();
  const trigger = useSignal<Trigger | undefined>(undefined), at = useSignal(0);
  const signs: TriggerSign[] = isNote ? ["/", "@"] : ["/"];
  const offers = trigger.value ? offersOf(live, view, trigger.value) : [];
  const close = () => trigger.value = undefined;
  /** Looks at what stands before the cursor. */
  const look = () => {
    const { value, selectionStart, selectionEnd } = input.current!;
    const found = selectionStart === selectionEnd ? triggerAt(value, selectionStart, signs) : undefined;
    if (found?.sign === "/") void loadCanned(live.workspace);
    if (found?.from !== trigger.value?.from || found?.query !== trigger.value?.query) at.value = 0;
    trigger.value = found;
  };
  const pick = (offer: Offer) => {
    const { from } = trigger.value!, element = input.current!;
    close();
    if (element.value[from] === "/") countUse(offer.id);
    insertText(element, offer.text, from, element.selectionStart);
    const gap = gapFrom(element.value, from);
    if (gap && gap.from < from + offer.text.length) element.setSelectionRange(gap.from, gap.to);
  };
  /** Handles a key; whether it was for the list. */
  const keyed = (event: KeyboardEvent): boolean => {
    if (offers.length === 0) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) at.value = (at.value + step + offers.length) % offers.length;
    else if (event.key === "Enter" || event.key === "Tab") pick(offers[at.value]!);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  };
  /** Types a sign at the cursor, as its button does. */
  const begin = (sign: TriggerSign) => {
    const element = input.current!, { selectionStart: from, selectionEnd: to, value } = element;
    const isApart = from === 0 || /\s/.test(value[from - 1]!);
    insertText(element, isApart ? sign : ` ${sign}`, from, to);
    look();
  };
  return { offers, at: at.value, sign: trigger.value?.sign, look, pick, keyed, close, begin };
}

function offersOf(live: ReturnType<typeof useLive>, view: RoomView, { sign, query }: Trigger): Offer[] {
  const { team } = live;
  if (sign === "@") {
    const wanted = query.toLowerCase();
    const isMeant = (name: string) => ` ${name.toLowerCase()}`.includes(` ${wanted}`);
    const colleagues = team.members.value.filter(({ id, name }) =>
      id !== team.you.value?.id && isMeant(name)
    );
    return [
      ...colleagues.map(({ id, name, title = "", avatar_url: avatarUrl }) => ({
        ...{ id, name, hint: title, text: `@${name} `, avatarUrl },
      })),
      ...team.teams.value.filter(({ name }) => isMeant(name)).map(({ id, name }) => ({
        ...{ id, name, hint: say("a_team"), text: `@${name} ` },
      })),
    ].slice(0, mostOffered);
  }
  const values = {
    "visitor.name": view.visitor?.name,
    "visitor.email": view.visitor?.email,
    "agent.name": team.you.value?.name,
    "room.id": view.consumer,
  };
  return findCanned(cannedReplies.value ?? [], query).slice(0, mostOffered).map((
    { id, code, title, text },
  ) => ({
    ...{ id, name: title || code, hint: `/${code}`, text: expandCanned(text, values) },
  }));
}

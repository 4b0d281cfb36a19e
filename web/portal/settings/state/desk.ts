import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { signal } from "@preact/signals";
import { beforeLeaving } from "../../service/account_storage.ts";
import { ChatbotDraft } from "./chatbot_draft.ts";

/** The ways out of the settings. */
export interface Doors {
  go(path: string): void;
  onSignedOut(): void;
  /** The account is no more. */
  onDeleted(): void;
}

/** What all sections share: who edits, the draft, what is said to a screen reader. */
export class Desk {
  readonly draft: ChatbotDraft = new ChatbotDraft();
  /** The last thing that was said to a screen reader. */
  readonly said = signal("");
  /** The first wrong field is to be focused as soon as it is there. */
  isWrongDue = false;

  constructor(readonly username: string, public doors: Doors) {}

  /** Says to a screen reader what there is to see; the same twice in a row is said twice. */
  announce(text: string): void {
    this.said.value = this.said.value === text ? `${text} ` : text;
  }

  signedOut = (): void => this.doors.onSignedOut();
  deleted = (): void => this.doors.onDeleted();
}

let kept: Desk | undefined;

/** The desk of this admin, as it was left. */
export function deskOf(username: string, doors: Doors): Desk {
  if (kept?.username !== username) {
    kept = new Desk(username, doors);
    // What was typed is nobody else's to find.
    beforeLeaving((hold) => kept = hold ? kept : undefined);
  }
  kept.doors = doors;
  return kept;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

/** @throws outside of the settings page */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("There is no desk outside of the settings page");
  return desk;
}

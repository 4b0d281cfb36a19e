import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { signal } from "@preact/signals";
import { beforeLeaving } from "../../service/account_storage.ts";
import { ChatbotDraft } from "./chatbot_draft.ts";

/** Navigation away from the settings page. */
export interface SettingsExits {
  go(path: string): void;
  onSignedOut(): void;
  /** The account was deleted. */
  onDeleted(): void;
}

/** State shared by all sections: the account, the workspace, the draft, announcements for screen readers. */
export class SettingsEditor {
  readonly draft: ChatbotDraft = new ChatbotDraft();
  /** The latest announcement. */
  readonly said = signal("");
  /** The first wrong field is to be focused as soon as it is rendered. */
  isWrongDue = false;

  constructor(readonly username: string, readonly workspace: string, public exits: SettingsExits) {}

  /** Announces a text to screen readers; a repeated text is announced again. */
  announce(text: string): void {
    this.said.value = this.said.value === text ? `${text} ` : text;
  }

  signedOut = (): void => this.exits.onSignedOut();
  deleted = (): void => this.exits.onDeleted();
}

let kept: SettingsEditor | undefined;

/** The editor of this account's workspace, with the unsaved draft it was left with. */
export function editorOf(
  { username, workspace }: { username: string; workspace: string },
  exits: SettingsExits,
): SettingsEditor {
  if (kept?.username !== username || kept.workspace !== workspace) {
    kept = new SettingsEditor(username, workspace, exits);
    // Drafts must not be visible to the next user.
    beforeLeaving((hold) => kept = hold ? kept : undefined);
  }
  kept.exits = exits;
  return kept;
}

export const EditorContext = createContext<SettingsEditor | undefined>(undefined);

/** @throws outside of the settings page */
export function useEditor(): SettingsEditor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("There is no editor outside of the settings page");
  return editor;
}

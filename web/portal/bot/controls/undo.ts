import type { LastChangeSeen } from "../../../../protocol/knowledge.ts";
import type { Live } from "../../service/live.ts";
import { call, CallFailed } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";
import { say } from "../words/knowledge_words.ts";

const lastChange = async () =>
  JSON.stringify((await call<LastChangeSeen>("GET", "/messages/api/knowledge/last")).last);

/** Says what was just done, with a way back while nobody has changed something else; `undone` is told of it. */
export async function toastWithUndo(live: Live, text: string, undone: () => void): Promise<void> {
  const { desk } = live;
  const ours = await lastChange().catch(() => undefined);
  const undo = async () => {
    try {
      // The service takes back the last change of the workspace, whoever made it.
      if (await lastChange() !== ours) {
        return void (desk.toast.value = { text: say("kn_undo_late"), isAlert: true });
      }
      await call("POST", "/messages/api/knowledge/undo");
      desk.toast.value = { text: say("kn_undone") };
      undone();
    } catch (error) {
      toastFailure(live, error);
    }
  };
  desk.toast.value = { text, ...(ours !== undefined && { undo: () => void undo() }) };
}

/** Says why something did not work. */
export function toastFailure({ desk }: Live, error: unknown): void {
  if (!(error instanceof CallFailed)) throw error;
  desk.toast.value = { text: failureWords(error), isAlert: true };
}

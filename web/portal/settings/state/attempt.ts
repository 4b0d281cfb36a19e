import { useSignal } from "@preact/signals";
import { CallFailed } from "../../service/calls.ts";
import { problemOf } from "../words/settings_words.ts";

/** A call that runs once at a time, with its error. */
export function useAttempt() {
  const isBusy = useSignal(false);
  const problem = useSignal("");
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = "";
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      problem.value = problemOf(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, problem, attempt };
}

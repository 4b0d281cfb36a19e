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

/** `useAttempt` for a form: wrong fields are told by field, other refusals as `problem`. */
export function useFormAttempt() {
  const { isBusy, problem, attempt } = useAttempt();
  const wrong = useSignal<Record<string, string>>({});
  const submit = async (act: () => Promise<void>): Promise<boolean> => {
    if (isBusy.value) return false;
    wrong.value = {};
    const isAnswered = await attempt(async () => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof CallFailed) || Object.keys(error.fields).length === 0) throw error;
        wrong.value = error.fields;
      }
    });
    return isAnswered && Object.keys(wrong.value).length === 0;
  };
  return { isBusy, problem, wrong, submit };
}

import { useSignal } from "@preact/signals";
import { type ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useAttempt } from "../state/attempt.ts";
import { say } from "../words/settings_words.ts";

/** Data that is fetched on mount, and again by `load`. */
export function useLoaded<T>(fetched: () => Promise<T>) {
  const value = useSignal<T | undefined>(undefined);
  const { problem, isBusy, attempt } = useAttempt();
  const load = () => attempt(async () => void (value.value = await fetched()));
  useEffect(() => void load(), []);
  return { value, problem, isBusy, load };
}

/** The content once loaded; until then a skeleton, or the error with a retry button. */
export function Loaded<T>({ of, children }: {
  of: ReturnType<typeof useLoaded<T>>;
  children(value: T): ComponentChildren;
}) {
  const value = of.value.value;
  if (value !== undefined) return <>{children(value)}</>;
  return of.problem.value ? <Failed problem={of.problem.value} again={of.load} /> : <Waiting />;
}

export function Failed({ problem, again }: { problem: string; again(): void }) {
  const retry = () => {
    // The button disappears; the focus moves to where the section will be.
    (document.getElementById("set-heading") ?? document.getElementById("main"))?.focus();
    again();
  };
  return (
    <div class="set-row">
      <p class="set-problem" role="alert">{problem}</p>
      <button type="button" class="set-button" onClick={retry}>{say("set_again")}</button>
    </div>
  );
}

export function Waiting() {
  return (
    <div aria-busy="true">
      <p class="spoken">{say("set_loading")}</p>
      <div class="set-skeleton" />
      <div class="set-skeleton" />
    </div>
  );
}

import type { CallFailed } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";
import { locale, partWords } from "../../words/words.ts";
import { settingsStrings } from "./settings_strings.ts";
export { locale } from "../../words/words.ts";

export type SettingsWord = keyof typeof settingsStrings;

/** The settings' words. */
export const { say, count } = await partWords(settingsStrings, {
  ar: () => import("./settings_strings_ar.ts"),
});

/** What a failed call means to the admin, and what to do about it. */
export function problemOf(error: CallFailed): string {
  const { code, waitSeconds } = error;
  if (waitSeconds) return say("set_wait", { time: seconds(waitSeconds) });
  const word = `set_failed_${code}`;
  return word in settingsStrings ? say(word as SettingsWord) : failureWords(error);
}

/** What the service says of a field, as a sentence of its own. */
export function sentence(problem: string): string {
  const [first = "", ...rest] = problem;
  return first.toLocaleUpperCase() + rest.join("");
}

export function moment(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(time),
  );
}

function seconds(n: number): string {
  return new Intl.NumberFormat(locale(), { style: "unit", unit: "second", unitDisplay: "long" }).format(n);
}

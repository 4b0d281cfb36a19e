import { signal } from "@preact/signals";

const isLooked = () => !document.hidden && document.hasFocus();
const looking = signal(isLooked());

for (const name of ["focus", "blur", "visibilitychange"]) {
  addEventListener(name, () => looking.value = isLooked(), { capture: true });
}

/** Whether the page is visible and has the focus. */
export function useLooking(): boolean {
  return looking.value;
}

export const isLooking = looking;

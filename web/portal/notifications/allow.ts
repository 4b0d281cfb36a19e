import { signal } from "@preact/signals";

const now = () => globalThis.Notification?.permission;

/** The browser's permission for notifications; undefined where unsupported. Changes while the page is open. */
export const permission = signal(now());

void navigator.permissions?.query({ name: "notifications" }).then(
  (status) => status.onchange = () => permission.value = now(),
  () => {},
);

/** Asks the browser for permission, unless it was asked before. Returns whether it is granted. */
export async function allowDesktop(): Promise<boolean> {
  if (!globalThis.Notification) return false;
  if (now() === "default") await Notification.requestPermission();
  permission.value = now();
  return permission.value === "granted";
}

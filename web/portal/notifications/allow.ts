import { signal } from "@preact/signals";

const now = () => globalThis.Notification?.permission;

/** What the browser says of notifications here; nothing where it knows none. Changes while the page is open. */
export const permission = signal(now());

void navigator.permissions?.query({ name: "notifications" }).then(
  (status) => status.onchange = () => permission.value = now(),
  () => {},
);

/** Asks the browser to allow notifications, if it has not been asked. Answers whether they are. */
export async function allowDesktop(): Promise<boolean> {
  if (!globalThis.Notification) return false;
  if (now() === "default") await Notification.requestPermission();
  permission.value = now();
  return permission.value === "granted";
}

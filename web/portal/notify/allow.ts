/** Asks the browser to allow notifications, if it has not been asked. Answers whether they are. */
export async function allowDesktop(): Promise<boolean> {
  if (!globalThis.Notification) return false;
  return Notification.permission === "granted" || await Notification.requestPermission() === "granted";
}

import { call } from "../calls.ts";

const workerPath = "/messages/worker.js", scope = "/messages";

/** Trusted Types: the only address that may become a worker is ours. */
function trusted(path: string): string {
  const policies =
    (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): Policy } }).trustedTypes;
  if (!policies) return path;
  policy ??= policies.createPolicy("parlor-worker", {
    createScriptURL: (url: string) => {
      if (url === workerPath) return url;
      throw new TypeError("Not our worker");
    },
  });
  return policy.createScriptURL(path) as string;
}
interface Policy {
  createScriptURL(url: string): unknown;
}
let policy: Policy | undefined;

/** Whether this browser can be woken when no tab is open. */
export const canPush = "serviceWorker" in navigator && "PushManager" in globalThis;

const registration = () => navigator.serviceWorker.getRegistration(scope);

export async function isPushed(): Promise<boolean> {
  return canPush && await (await registration())?.pushManager.getSubscription() != null;
}

/** Has this browser woken from now on. @throws if it or the service refuses */
export async function startPush(): Promise<void> {
  if (await Notification.requestPermission() !== "granted") throw new Error("Notifications are not allowed");
  const worker = await navigator.serviceWorker.register(trusted(workerPath), { scope, type: "classic" });
  await navigator.serviceWorker.ready;
  const { key } = await call<{ key: string }>("GET", "/messages/api/push");
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  await call("POST", "/messages/api/push", subscription.toJSON());
}

/** Has this browser left in peace. */
export async function stopPush(): Promise<void> {
  const worker = canPush ? await registration() : undefined;
  const subscription = await worker?.pushManager.getSubscription();
  if (subscription) {
    await call("DELETE", "/messages/api/push", { endpoint: subscription.endpoint }).catch(() => {});
    await subscription.unsubscribe();
  }
  await worker?.unregister();
}

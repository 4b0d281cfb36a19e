import { call, calledAs } from "../service/calls.ts";

const workerPath = "/messages/worker.js", scope = "/messages";

/** Trusted Types: only our own worker's URL is allowed. */
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

/** Whether this browser supports push notifications. */
export const canPush = "serviceWorker" in navigator && "PushManager" in globalThis;

/** This browser's worker registration, if any. */
const registration = async () => canPush ? await navigator.serviceWorker.getRegistration(scope) : undefined;

const subscriptionOf = async () => (await registration())?.pushManager.getSubscription();

export async function isPushed(): Promise<boolean> {
  return await subscriptionOf() != null;
}

/** Timeout of a subscription; a browser that cannot reach its push service may never answer. Milliseconds. */
const registerMs = 8_000;

/** Subscribes this browser, which allows notifications, to push. @throws if it or the service refuses, or times out */
export async function startPush(): Promise<void> {
  const late = AbortSignal.timeout(registerMs);
  const isLate = new Promise<never>((_, reject) =>
    late.addEventListener("abort", () => reject(late.reason), { once: true })
  );
  await Promise.race([register(late), isLate]);
}

async function register(late: AbortSignal): Promise<void> {
  const worker = await navigator.serviceWorker.register(trusted(workerPath), { scope, type: "classic" });
  await navigator.serviceWorker.ready;
  const { key } = await call<{ key: string }>("GET", "/messages/api/push");
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  // The user was told that it failed, so no subscription may remain.
  if (late.aborted) return void await subscription.unsubscribe();
  await give(subscription);
}

/** Storage key of the account that this browser is subscribed for. */
const pushedKey = "parlor:pushed";

async function give(subscription: PushSubscription): Promise<void> {
  await call("POST", "/messages/api/push", subscription.toJSON());
  localStorage.setItem(pushedKey, calledAs() ?? "");
}

/**
 * Sends this browser's subscription again, if it has one: the service drops all whenever sessions are ended. A
 * subscription of another account is removed: its messages are not for this one. Never fails.
 */
export async function renewPush(): Promise<void> {
  try {
    const subscription = await subscriptionOf();
    if (!subscription) return;
    const before = localStorage.getItem(pushedKey);
    if (before !== null && before !== calledAs()) await unsubscribe();
    else await give(subscription);
  } catch {
    // The next visit retries.
  }
}

/** Unsubscribes this browser from push. */
export async function stopPush(): Promise<void> {
  const subscription = await subscriptionOf();
  if (subscription) {
    await call("DELETE", "/messages/api/push", { endpoint: subscription.endpoint }).catch(() => {});
  }
  await unsubscribe();
}

/** The same without a session: the service drops an endpoint once the push service reports it gone. */
export async function unsubscribe(): Promise<void> {
  // The last notification shown names a visitor.
  for (const note of await (await registration())?.getNotifications() ?? []) note.close();
  await (await subscriptionOf())?.unsubscribe();
  localStorage.removeItem(pushedKey);
  await (await registration())?.unregister();
}

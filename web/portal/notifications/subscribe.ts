import { call, calledAs } from "../service/calls.ts";

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

/** The worker that wakes this browser, if it has one. */
const registration = async () => canPush ? await navigator.serviceWorker.getRegistration(scope) : undefined;

const subscriptionOf = async () => (await registration())?.pushManager.getSubscription();

export async function isPushed(): Promise<boolean> {
  return await subscriptionOf() != null;
}

/** Milliseconds within which a browser has to register; one that cannot reach its push service may never answer. */
const registerMs = 8_000;

/** Has this browser, which allows notifications, woken from now on. @throws if it or the service refuses, or takes too long */
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
  // The person was told that it failed, and nobody would know of it.
  if (late.aborted) return void await subscription.unsubscribe();
  await give(subscription);
}

/** Where this browser keeps for which account it is woken. */
const pushedKey = "parlor:pushed";

async function give(subscription: PushSubscription): Promise<void> {
  await call("POST", "/messages/api/push", subscription.toJSON());
  localStorage.setItem(pushedKey, calledAs() ?? "");
}

/**
 * Gives the address of this browser again, if it has one: whenever sessions are ended the service drops all. Of another
 * account's address nothing is left: what is written to that one is not this one's to read. Never fails.
 */
export async function renewPush(): Promise<void> {
  try {
    const subscription = await subscriptionOf();
    if (!subscription) return;
    const before = localStorage.getItem(pushedKey);
    if (before !== null && before !== calledAs()) await unsubscribe();
    else await give(subscription);
  } catch {
    // The next visit does it.
  }
}

/** Has this browser left in peace. */
export async function stopPush(): Promise<void> {
  const subscription = await subscriptionOf();
  if (subscription) {
    await call("DELETE", "/messages/api/push", { endpoint: subscription.endpoint }).catch(() => {});
  }
  await unsubscribe();
}

/** The same without a session: the service drops an address once the push service says that it is gone. */
export async function unsubscribe(): Promise<void> {
  // What was shown last names a visitor.
  for (const note of await (await registration())?.getNotifications() ?? []) note.close();
  await (await subscriptionOf())?.unsubscribe();
  localStorage.removeItem(pushedKey);
  await (await registration())?.unregister();
}

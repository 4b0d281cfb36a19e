/// <reference lib="webworker" />
// Runs when the portal is closed: shows that a visitor wrote, and opens that conversation. It stores and caches nothing.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

interface Woken {
  consumer: string;
  name: string;
  text: string;
  /** Where it is not the account's own. */
  workspace?: string;
}

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});

function read(data: PushMessageData | null): Woken {
  try {
    return data!.json();
  } catch {
    return { consumer: "", name: "", text: "" };
  }
}

/** Browsers require a notification for each push; while the portal is visible it is silent. */
async function show({ consumer, name, text, workspace }: Woken): Promise<void> {
  const isLooked = (await portals()).some((page) => page.focused);
  await worker.registration.showNotification(name || "Parlor", {
    body: text,
    tag: consumer,
    icon: "/messages/icon.svg",
    silent: isLooked,
    data: { path: pathOf(consumer, workspace) },
  });
}

function pathOf(consumer: string, workspace: string | undefined): string {
  const path = consumer ? `/messages/to/${encodeURIComponent(consumer)}` : "/messages";
  return workspace ? `${path}?workspace=${encodeURIComponent(workspace)}` : path;
}

/** Windows with the portal, most recently focused first: including those not controlled by this worker. */
async function portals(): Promise<readonly WindowClient[]> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter(({ url }) => /^\/messages(\/|$)/.test(new URL(url).pathname));
}

async function open(path: string): Promise<void> {
  const [page] = await portals();
  if (!page) return void await worker.clients.openWindow(path);
  // First: a browser may refuse the focus, and the conversation must open all the same.
  page.postMessage({ go: path });
  await page.focus();
}

import type { Hub } from "../sockets/hub.ts";
import type { BuiltService } from "./build_service.ts";
import type { Served } from "./listening.ts";

/** How long a stop waits for the last writes, and then for peers to close their sockets. Milliseconds. */
const flushMs = 500, leaveMs = 1_500;

interface Running {
  built: BuiltService;
  hub: Hub;
  server: Served;
  /** What tells other processes, or looks for sessions that they ended. */
  closeSharing(): Promise<void>;
}

/**
 * Stops a service: no new sockets, commits flushed, sockets closed with 1012, the store closed. Ends within 4 s whatever
 * peers do.
 */
export async function drain({ built, hub, server, closeSharing }: Running): Promise<void> {
  const { store } = built.service.chat;
  built.stopBackground();
  await within(flushMs, built.turnsSettled());
  await within(flushMs, store.ready());
  // The server's own shutdown closes sockets with 1001 at once, so ours go first.
  await within(leaveMs, hub.drain());
  hub.close();
  await within(leaveMs, server.stop());
  await within(flushMs, closeSharing());
  await within(flushMs, built.pushKeysSettled());
  await within(flushMs, built.episodesSettled());
  await store.close();
  built.close();
}

/** Waits for `work`, but no longer than `ms`; a failure is logged by the store. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(resolve, ms));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

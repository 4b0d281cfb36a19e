import type { DeskStore } from "./desk_store.ts";

const pending = () => Promise.reject(new Error("Not available on this engine yet"));

/** The verbs of an engine that does not have them yet: each rejects. */
export const deskPending: DeskStore = {
  changeDesk: pending,
  claimNext: pending,
  load: pending,
  dueRooms: pending,
};

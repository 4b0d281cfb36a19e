import type { Ear, Whisper } from "../../db/bus.ts";

/** Follows asha, and remembers what it is told. */
export function listener() {
  const whispers: Whisper[] = [], told = { missed: 0 };
  const ear: Ear = {
    followed: () => ({ rooms: [], admins: ["asha"] }),
    followedAdmins: () => ["asha"],
    heard: () => {},
    swept: () => Promise.resolve(),
    whispered: (whisper) => void whispers.push(whisper),
    missed: () => void told.missed++,
  };
  return { ear, whispers, told };
}

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Live } from "./live.ts";

const LiveContext = createContext<Live | undefined>(undefined);

export const LiveProvider = LiveContext.Provider;

/** What is live, for any part of a signed-in page. */
export function useLive(): Live {
  return useContext(LiveContext)!;
}

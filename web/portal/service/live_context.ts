import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Live } from "./live.ts";

const LiveContext = createContext<Live | undefined>(undefined);

export const LiveProvider = LiveContext.Provider;

/** Context that provides the live connection to portal components. */
export function useLive(): Live {
  return useContext(LiveContext)!;
}

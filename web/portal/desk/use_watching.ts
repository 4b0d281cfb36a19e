import { useEffect } from "preact/hooks";
import { useLive } from "../service/live_context.ts";
import { useLooking } from "../thread/looking.ts";

/** Interval at which colleagues are told that this page still shows the room. Milliseconds. */
const againMs = 8_000;

/** Tells the colleagues, and the bot, that this room is looked at, as long as it is. */
export function useWatching(consumer: string): void {
  const live = useLive(), isLooking = useLooking();
  const isOnline = live.link.value === "online", { composing } = live;
  const isWatched = live.isWatched.value;
  useEffect(() => {
    if (!isLooking || !isOnline || !isWatched) return;
    const tell = () => live.watch(consumer, composing.value);
    const stop = composing.subscribe(tell);
    const timer = setInterval(tell, againMs);
    return () => {
      stop();
      clearInterval(timer);
      live.watch(null, false);
    };
  }, [live, consumer, isLooking, isOnline, isWatched]);
}

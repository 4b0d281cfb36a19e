import { useEffect, useState } from "preact/hooks";
import { useLive } from "../service/live_context.ts";
import { count } from "../words/words.ts";

/** Counts the seconds until sending goes on, after a limit was hit. */
export function WaitLine() {
  const until = useLive().waitsUntil.value;
  const [now, setNow] = useState(Date.now());
  const seconds = Math.ceil((until - now) / 1000);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return seconds > 0 ? <p class="cut-line">{count("slow_down", seconds)}</p> : null;
}

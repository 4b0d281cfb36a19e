import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// Counts active timers; on a signal, prints their number and the live heap size. Imported before any module
// that sets a timer.
const running = new Set<unknown>();
const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;

Object.assign(globalThis, {
  setTimeout(act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) {
    const id = setTimeout(() => {
      running.delete(id);
      act(...args);
    }, ms);
    running.add(id);
    return id;
  },
  setInterval(act: () => void, ms?: number, ...args: unknown[]) {
    const id = setInterval(act, ms, ...args);
    running.add(id);
    return id;
  },
  clearTimeout(id?: number) {
    running.delete(id);
    clearTimeout(id);
  },
  clearInterval(id?: number) {
    running.delete(id);
    clearInterval(id);
  },
});

setFlagsFromString("--expose-gc");
const collectGarbage: (how: { type: string; flavor: string }) => void = runInNewContext("gc");

Deno.addSignalListener("SIGUSR2", () => {
  // "last-resort" also discards compiled code, which grows with the work done and would hide a leak.
  collectGarbage({ type: "major", flavor: "last-resort" });
  const { heapUsed, external } = Deno.memoryUsage();
  console.log(`counted ${JSON.stringify({ timers: running.size, bytes: heapUsed + external })}`);
});

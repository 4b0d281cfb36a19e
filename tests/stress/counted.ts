import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// Counts the timers that run, and on a signal says how many there are and how much is alive. Imported before anything
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
  // Compiled code that could be compiled again is given up too: it grows with what was done, not with what is kept.
  collectGarbage({ type: "major", flavor: "last-resort" });
  const { heapUsed, external } = Deno.memoryUsage();
  console.log(`counted ${JSON.stringify({ timers: running.size, bytes: heapUsed + external })}`);
});

import { cpuUsage } from "node:process";

/** Runs it, and answers how long it kept a processor busy: not the time that the machine gave to other programs. Milliseconds. */
export function busyMs(run: () => void): number {
  const began = performance.now(), before = cpuUsage();
  run();
  const { user, system } = cpuUsage(before);
  // The engine's other threads count for the process.
  return Math.min(performance.now() - began, (user + system) / 1_000);
}

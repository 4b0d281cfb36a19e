import { cpuUsage } from "node:process";

/**
 * Runs a function; returns how long it used the CPU, without the time that the machine gave to other
 * programs. Milliseconds.
 */
export function busyMs(run: () => void): number {
  const began = performance.now(), before = cpuUsage();
  run();
  const { user, system } = cpuUsage(before);
  // The engine's other threads count toward the process, so the elapsed time is the upper bound.
  return Math.min(performance.now() - began, (user + system) / 1_000);
}

import { availableParallelism } from "node:os";

/** CPU time of a process so far, all threads. Microseconds, in steps of 10,000. */
export function cpuUsOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13);
  return (Number(user) + Number(system)) * 10_000;
}

/** CPU time of the whole machine so far. Microseconds. */
function machineCpuUs(): number {
  const [user, nice, system, , , irq, softirq] = Deno.readTextFileSync("/proc/stat").split(/\s+/).slice(1);
  return [user, nice, system, irq, softirq].reduce((sum, ticks) => sum + Number(ticks), 0) * 10_000;
}

/**
 * Starts a measurement. The returned function gives the share of the machine's CPU, 0 to 1, that other
 * processes used.
 */
export function watchBystanders(pids: readonly number[]): () => number {
  const ours = () => pids.reduce((sum, pid) => sum + cpuUsOf(pid), 0);
  const began = performance.now(), before = machineCpuUs() - ours();
  return () => {
    const tookUs = (performance.now() - began) * 1_000;
    return Math.max(0, machineCpuUs() - ours() - before) / (tookUs * availableParallelism());
  };
}

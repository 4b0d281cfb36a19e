import { watchBystanders } from "./bystanders.ts";
import { Program, type ProgramName } from "./program.ts";

/** Runs `work` in a temporary folder, which is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-bench-" });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Maximum CPU share of other processes, 0 to 1. A round above it is repeated, up to `maxTries` times. */
const maxShareOfOthers = 0.08;
const maxTries = 4;

/**
 * Measures two programs in turns (ABAB), each round as a new process on an empty database, so that other load
 * on the machine affects both alike. Returns the figures of each round by program.
 */
export async function inTurns<T, Name extends ProgramName>(
  names: readonly Name[],
  { rounds, measure }: { rounds: number; measure: (program: Program, name: Name) => Promise<T> },
): Promise<Record<Name, T[]>> {
  const figures = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      figures[name].push(await undisturbed(() => measureOnce(name, measure)));
    }
  }
  return figures;
}

interface Measured<T> {
  figures: T;
  /** CPU share of other processes, 0 to 1. */
  othersShare: number;
}

function measureOnce<T, Name extends ProgramName>(
  name: Name,
  measure: (program: Program, name: Name) => Promise<T>,
): Promise<Measured<T>> {
  return inFolder(async (folder) => {
    await using program = await Program.start(name, folder);
    const othersShare = watchBystanders([Deno.pid, program.child.pid]);
    return { figures: await measure(program, name), othersShare: othersShare() };
  });
}

/** The first attempt with little other load, or the one with the least. */
async function undisturbed<T>(attempt: () => Promise<Measured<T>>): Promise<T> {
  let best = await attempt();
  for (let tries = 1; tries < maxTries && best.othersShare > maxShareOfOthers; tries++) {
    const next = await attempt();
    if (next.othersShare < best.othersShare) best = next;
  }
  return best.figures;
}

import { watchBystanders } from "./bystanders.ts";
import { Program, type ProgramName } from "./program.ts";

/** Runs `work` in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-bench-" });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A round in which others took more of the machine than this is taken again, while there are tries left. */
const maxShareOfOthers = 0.08;
const maxTries = 4;

/**
 * Measures two programs in turns, ABAB, each time as a new process on an empty database: what else goes on in the
 * machine meets both alike. Answers each program's figures, a round each.
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
  /** Share of the machine, 0 to 1. */
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

/** The first try without much going on beside it, else the one with the least. */
async function undisturbed<T>(attempt: () => Promise<Measured<T>>): Promise<T> {
  let best = await attempt();
  for (let tries = 1; tries < maxTries && best.othersShare > maxShareOfOthers; tries++) {
    const next = await attempt();
    if (next.othersShare < best.othersShare) best = next;
  }
  return best.figures;
}

import { pathToFileURL } from "node:url";
import { pause, signUp } from "./client.ts";
import { inFolder } from "./in_turns.ts";
import { Conversations, type Load } from "./load.ts";
import { Program } from "./program.ts";
import { judgeRatio, type Verdict } from "./verdict.ts";

/** Two processes of the same build differ by up to 10 %, so several pairs are measured. */
const pairs = 7;
const turns = 40;
/** Turns for JIT warm-up, not measured. */
const warmUpTurns = 10;
/**
 * Shorter than the second after which the search index catches up: its deferred work would slow the other
 * build.
 */
const turn: Load = { rooms: 100, warm: 0, seconds: 0.4 };
const betweenTurnsMs = 30;

interface Figures {
  /** CPU time of the whole process per message. Microseconds. */
  cpuUs: number;
  messagesPerSecond: number;
}

interface Pair {
  parlor: Figures;
  against: Figures;
}

/**
 * Compares this build with the one in `folder`. Both run at the same time and get the load in short
 * alternating turns, so that other load on the machine affects both alike.
 */
export async function compare(folder: string): Promise<Verdict[]> {
  const url = pathToFileURL(`${folder}/bench/program.ts`).href;
  const other = await import(url) as typeof import("./program.ts");
  const measured: Pair[] = [];
  for (let i = 0; i < pairs; i++) measured.push(await measurePair(Program, other.Program));
  return [
    judgeRatio("100 rooms: CPU a message", median(measured, "cpuUs", "µs"), { atMost: 1.05 }),
    judgeRatio("100 rooms: messages a second", median(measured, "messagesPerSecond", "/s"), {
      atLeast: 0.95,
    }),
  ];
}

/** The figures of the pair with the median ratio. */
function median(measured: readonly Pair[], figure: keyof Figures, unit: string) {
  const ratio = ({ parlor, against }: Pair) => parlor[figure] / against[figure];
  const sorted = measured.toSorted((a, b) => ratio(a) - ratio(b));
  const { parlor, against } = sorted[Math.floor(sorted.length / 2)]!;
  console.error(`${figure}, ratios of the pairs: ${sorted.map((pair) => ratio(pair).toFixed(3)).join(" ")}`);
  return { parlor: parlor[figure], against: against[figure], unit };
}

function measurePair(parlorBuild: typeof Program, otherBuild: typeof Program): Promise<Pair> {
  return inFolder(async (folder) => {
    await using parlor = await open(parlorBuild, `${folder}/parlor`);
    await using against = await open(otherBuild, `${folder}/against`);
    await takeTurns(parlor, against, warmUpTurns);
    parlor.begin();
    against.begin();
    await takeTurns(parlor, against, turns);
    return { parlor: parlor.figures(), against: against.figures() };
  });
}

async function open(build: typeof Program, folder: string) {
  await Deno.mkdir(folder);
  const program = await build.start("parlor", folder);
  const conversations = new Conversations(program, await signUp(program, "asha"));
  await conversations.open(turn.rooms);
  let cpuBefore = 0, messages = 0, seconds = 0;
  return {
    begin() {
      cpuBefore = program.cpuUs();
      messages = seconds = 0;
    },
    async takeTurn() {
      messages += (await conversations.run(turn)).messagesPerSecond * turn.seconds;
      seconds += turn.seconds;
      await pause(betweenTurnsMs);
    },
    /** Includes the CPU time that this build's background threads use during the other's turns. */
    figures: (): Figures => ({
      cpuUs: (program.cpuUs() - cpuBefore) / messages,
      messagesPerSecond: messages / seconds,
    }),
    async [Symbol.asyncDispose]() {
      conversations.close();
      await program[Symbol.asyncDispose]();
    },
  };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** ABBA order, so that neither build always follows the other's flushes to disk. */
async function takeTurns(one: Opened, other: Opened, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    for (const build of i % 2 ? [other, one] : [one, other]) await build.takeTurn();
  }
}

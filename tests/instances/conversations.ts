import assert from "node:assert/strict";
import type { Cluster } from "./cluster.ts";
import type { RecordingClient } from "./recording_client.ts";

/**
 * Results of many concurrent conversations. Times in milliseconds, from sending to the other side's receipt.
 */
export interface Outcome {
  messages: number;
  /** Medians for rooms whose two sides are on one instance, and for rooms on two. */
  sameMs: number;
  acrossMs: number;
  p95AcrossMs: number;
  p99AcrossMs: number;
  slowestMs: number;
  perSecond: number;
}

interface Plan {
  rooms: number;
  /** Messages per side and room. */
  each: number;
  /** Pause between two messages of one side. */
  pauseMs: number;
  /** Maximum time from the last message until every side has received everything. */
  patienceMs?: number;
  /** Runs during the conversations. */
  meanwhile?: () => Promise<void>;
}

/**
 * Lets visitors and asha talk in many rooms; in every fourth both are on one instance. Checks that each side
 * received everything.
 */
export async function talk(cluster: Cluster, plan: Plan): Promise<Outcome> {
  const count = cluster.instances.length;
  const rooms = Array.from({ length: plan.rooms }, (_, i) => {
    const visitor = i % count, isSame = i % 4 === 0;
    const asha = isSame ? visitor : (visitor + 1 + i % (count - 1 || 1)) % count;
    const consumer = crypto.randomUUID();
    return { consumer, isSame: visitor === asha, ...cluster.room(consumer, { visitor, asha }) };
  });
  const times = { same: [] as number[], across: [] as number[] };
  const writing = rooms.flatMap(({ visitor, asha, isSame }) => [
    write(visitor, asha, { ...plan, times: isSame ? times.same : times.across }),
    write(asha, visitor, { ...plan, times: isSame ? times.same : times.across }),
  ]);
  const began = performance.now();
  await Promise.all([...writing, plan.meanwhile?.()]);
  const total = 2 * plan.each;
  const isDone = () => rooms.every(({ visitor, asha }) => isWhole(visitor, total) && isWhole(asha, total));
  await until(isDone, plan.patienceMs ?? 30_000);
  const seconds = (performance.now() - began) / 1_000;
  for (const { visitor, asha } of rooms) holdTo(visitor, asha, total);
  return summary(times, plan.rooms * total, seconds);
}

async function write(
  from: RecordingClient,
  to: RecordingClient,
  { each, pauseMs, times }: Plan & { times: number[] },
): Promise<void> {
  const written = new Map<string, number>();
  to.onMessage = ({ client_id = "" }) => {
    const at = written.get(client_id);
    if (at !== undefined) times.push(performance.now() - at);
    written.delete(client_id);
  };
  for (let n = 1; n <= each; n++) {
    written.set(from.write(`message ${n}`), performance.now());
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

const isWhole = (side: RecordingClient, total: number) => side.messages.length >= total && side.isSettled;

function holdTo(visitor: RecordingClient, asha: RecordingClient, total: number): void {
  assert.deepEqual(visitor.messages.map(({ seq }) => seq), Array.from({ length: total }, (_, i) => i + 1));
  assert.deepEqual(asha.messages, visitor.messages);
  for (const author of new Set(asha.messages.map(({ author }) => author))) {
    const own = asha.messages.filter((message) => message.author === author).map(({ content }) => content);
    assert.deepEqual(own, Array.from({ length: total / 2 }, (_, i) => `message ${i + 1}`));
  }
  assert.deepEqual([...visitor.wrongs, ...asha.wrongs], []);
}

function summary(
  { same, across }: { same: number[]; across: number[] },
  messages: number,
  seconds: number,
): Outcome {
  const at = (times: number[], part: number) =>
    times.sort((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;
  return {
    ...{
      messages,
      sameMs: at(same, 0.5),
      acrossMs: at(across, 0.5),
      p95AcrossMs: at(across, 0.95),
      p99AcrossMs: at(across, 0.99),
    },
    ...{ slowestMs: at(across, 0.999999), perSecond: messages / seconds },
  };
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function until(test: () => boolean, ms: number): Promise<void> {
  const deadline = performance.now() + ms;
  while (!test()) {
    assert(performance.now() < deadline, `still not so after ${ms} ms: ${test}`);
    await sleep(20);
  }
}

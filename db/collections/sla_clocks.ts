import { Collection, type RecordStore, stored } from "../collection.ts";
import { type RecordKey, timePart } from "../records.ts";

/** The nearest unmet target of a room. Milliseconds since 1970. */
export interface SlaClock {
  workspace: string;
  consumer: string;
  target: "first_reply" | "next_reply" | "resolve";
  /** Since when it counts. */
  from: number;
  due: number;
  /** When its members are warned. */
  warn: number;
  stage: "running" | "warned" | "missed";
}

const byNext = "byNext";

/** `byNext`: the clocks of all workspaces that still run, by when something is to be done about them. */
export const slaClocks = new Collection<SlaClock, typeof byNext>({
  name: "sla_clocks",
  schema: stored(),
  key: ({ workspace, consumer }) => [workspace, consumer],
  indexes: {
    [byNext]: {
      key: ({ workspace, consumer, stage, warn, due }) =>
        stage === "missed" ? undefined : [timePart(stage === "running" ? warn : due), workspace, consumer],
    },
  },
});

/** The clocks for which something is to be done, the most urgent first. */
export async function dueClocks(store: RecordStore, at: number, limit: number): Promise<SlaClock[]> {
  const found = await store.records.list(slaClocks.indexName(byNext), [], { limit });
  const due = found.filter(({ key }) => key[0]! <= timePart(at)).map(({ value }) => value as RecordKey);
  return (await slaClocks.getMany(store, due)).filter((clock) => clock !== undefined);
}

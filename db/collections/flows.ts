import type { FlowSeen } from "../../protocol/flows.ts";
import { Collection, type RecordStore, stored } from "../collection.ts";
import { changeKnowledge } from "./knowledge/heads.ts";

/** A flow of a workspace's chatbot. */
export interface Flow extends Omit<FlowSeen, "updated"> {
  workspace: string;
  /** Milliseconds since 1970. */
  updated: number;
}

/** Changed through `changeFlows` alone. */
export const flows = new Collection<Flow>({
  name: "flows",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
});

/** All flows of a workspace, those that are off too. */
export async function allFlows(store: RecordStore, workspace: string): Promise<Flow[]> {
  return await Array.fromAsync(flows.all(store, workspace));
}

/**
 * Puts or deletes what `next` makes of all flows, with the workspace's knowledge head in the same commit. It is asked
 * again when answers, articles or flows change meanwhile.
 * @throws {Unavailable}
 */
export function changeFlows<T>(
  store: RecordStore,
  workspace: string,
  next: (all: Flow[]) => { answer: T; put?: Flow; drop?: string },
): Promise<T> {
  return changeKnowledge(store, workspace, async () => {
    const { answer, put, drop } = next(await allFlows(store, workspace));
    if (put) return { answer, commit: { put: [{ ...flows.nameOf(put), value: put }] } };
    if (drop) return { answer, commit: { delete: [{ collection: flows.name, key: [workspace, drop] }] } };
    return { answer };
  });
}

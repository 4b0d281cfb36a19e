import type { HarnessOptions, StressHarness } from "./harness.ts";

/** A fault, and what must hold despite it. */
export interface Scenario {
  name: string;
  /** What the scenario shows. */
  about: string;
  harness?: HarnessOptions;
  /** Mostly waits, so it runs concurrently with other scenarios. */
  isQuiet?: boolean;
  /** Why it cannot run on this machine; undefined if it can. */
  hindrance?: (wire: StressHarness["wire"]) => string | undefined;
  /** Returns figures for the report. @throws if an invariant does not hold */
  run(harness: StressHarness): Promise<string>;
}

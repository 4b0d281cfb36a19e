import type { HarnessOptions, StressHarness } from "./harness.ts";

/** Something that goes wrong with a service, and what must be true of it all the same. */
export interface Scenario {
  name: string;
  /** In words, what is shown. */
  about: string;
  harness?: HarnessOptions;
  /** Waits long and costs little: it runs beside the others. */
  isQuiet?: boolean;
  /** Why it cannot be run here; nothing if it can. */
  hindrance?: (wire: StressHarness["wire"]) => string | undefined;
  /** Answers with its figures. @throws when something that must be true is not */
  run(harness: StressHarness): Promise<string>;
}

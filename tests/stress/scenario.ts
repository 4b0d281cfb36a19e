import type { Stage, StageOptions } from "./stage.ts";

/** Something that goes wrong with a service, and what must be true of it all the same. */
export interface Scenario {
  name: string;
  /** In words, what is shown. */
  about: string;
  stage?: StageOptions;
  /** Waits long and costs little: it runs beside the others. */
  isQuiet?: boolean;
  /** Why it cannot be run here; nothing if it can. */
  hindrance?: (wire: Stage["wire"]) => string | undefined;
  /** Answers with its figures. @throws when something that must be true is not */
  run(stage: Stage): Promise<string>;
}

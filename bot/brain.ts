import type { Found, Question, Reading, ReportCard, ShownGuess } from "./brain/reading.ts";

export type { Found, Guess, Meaning, Question, Reading, ReportCard, ShownGuess } from "./brain/reading.ts";

/** Understands questions by what a workspace's members have written. */
export interface Brain {
  /** @throws {Unavailable} */
  read(workspace: string, question: Question): Promise<Reading>;
  /** The three most likely answers, best first. @throws {Unavailable} */
  guesses(
    workspace: string,
    text: string,
    language?: string,
  ): Promise<{ guesses: ShownGuess[] }>;
  /** At most five texts, together at most 4,000 characters, most similar first. @throws {Unavailable} */
  passages(workspace: string, text: string): Promise<Found[]>;
  /** Kept until the workspace's answers or flows change. @throws {Unavailable} */
  reportCard(workspace: string, threshold: number): Promise<ReportCard>;
  /** Drops all models. */
  close(): void;
}

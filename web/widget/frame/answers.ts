import { Timer } from "../../client/timer.ts";

/** Time for the answer to a command. Milliseconds. */
const answerMs = 5_000;

/** Commands whose outcome is waited for, by a name or an id that the answer repeats; one of a name at a time. */
export class Answers {
  #waiting = new Map<string, (isDone: boolean, code?: string) => void>();

  /** Resolves once the service has done it. `send` returns whether it was sent. @throws if that is not known, or the service's code */
  wait(command: string, send: () => boolean): Promise<void> {
    this.settle(command, false);
    return new Promise((resolve, reject) => {
      const timer = new Timer();
      this.#waiting.set(command, (isDone, code) => {
        timer.clear();
        if (isDone) resolve();
        else reject(new Error(code ?? `${command} was not answered`));
      });
      timer.set(answerMs, () => this.settle(command, false));
      if (!send()) this.settle(command, false);
    });
  }

  settle(command: string, isDone: boolean, code?: string): void {
    const settle = this.#waiting.get(command);
    this.#waiting.delete(command);
    settle?.(isDone, code);
  }

  /** Nothing is waited for any more. */
  stop(): void {
    for (const command of this.#waiting.keys()) this.settle(command, false);
  }
}

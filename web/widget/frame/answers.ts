import { Timer } from "../../client/timer.ts";

/** Time for the answer to a command. Milliseconds. */
const answerMs = 5_000;

/** Commands whose outcome is waited for, one of a kind at a time. */
export class Answers<Command extends string> {
  #waiting = new Map<Command, (isDone: boolean) => void>();

  /** Resolves once the service has done it. `send` returns whether it was sent. @throws if that is not known */
  wait(command: Command, send: () => boolean): Promise<void> {
    this.settle(command, false);
    return new Promise((resolve, reject) => {
      const timer = new Timer();
      this.#waiting.set(command, (isDone) => {
        timer.clear();
        if (isDone) resolve();
        else reject(new Error(`${command} was not answered`));
      });
      timer.set(answerMs, () => this.settle(command, false));
      if (!send()) this.settle(command, false);
    });
  }

  settle(command: string, isDone: boolean): void {
    const settle = this.#waiting.get(command as Command);
    this.#waiting.delete(command as Command);
    settle?.(isDone);
  }

  /** Nothing is waited for any more. */
  stop(): void {
    for (const command of this.#waiting.keys()) this.settle(command, false);
  }
}

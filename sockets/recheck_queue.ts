interface RecheckQueueOptions {
  recheck(workspace: string): Promise<void>;
  onFault(error: unknown): void;
}

/** Checks workspaces again, each once at a time, and once more if it was put in meanwhile or its check failed. */
export class RecheckQueue {
  #options: RecheckQueueOptions;
  #due = new Set<string>();
  #running = new Set<string>();

  constructor(options: RecheckQueueOptions) {
    this.#options = options;
  }

  put(workspace: string): void {
    this.#due.add(workspace);
    void this.#run(workspace);
  }

  /** Retries the workspaces whose check failed. Called periodically. */
  goOn(): void {
    for (const workspace of this.#due) void this.#run(workspace);
  }

  async #run(workspace: string): Promise<void> {
    if (this.#running.has(workspace)) return;
    this.#running.add(workspace);
    try {
      while (this.#due.delete(workspace)) await this.#options.recheck(workspace);
    } catch (error) {
      this.#due.add(workspace);
      this.#options.onFault(error);
    } finally {
      this.#running.delete(workspace);
    }
  }
}

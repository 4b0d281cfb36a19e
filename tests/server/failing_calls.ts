/** Makes system calls of a running process fail, as a faulty disk would, until `mend` is called. */
export class FailingCalls {
  private constructor(readonly tracer: Deno.ChildProcess, readonly hearing: Promise<void>) {}

  /** Makes these calls (`fsync,pwrite64`) fail with this error (`EIO`) in every thread. */
  static async of(pid: number, calls: string, error: string): Promise<FailingCalls> {
    const tracer = new Deno.Command("strace", {
      args: [
        "-f",
        "-p",
        `${pid}`,
        "-e",
        `trace=${calls}`,
        "-e",
        `inject=${calls}:error=${error}`,
        "-o",
        "/dev/null",
      ],
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let said = "";
    const { promise, resolve } = Promise.withResolvers<void>();
    // Output must be read to the end: strace reports each new thread, and ends if the pipe is closed.
    const hearing = (async () => {
      for await (
        const text of tracer.stderr.pipeThrough(
          new TextDecoderStream() as TransformStream<Uint8Array, string>,
        )
      ) {
        said += text;
        if (said.includes("attached")) resolve();
      }
      if (!said.includes("attached")) throw new Error(`Cannot make calls fail: ${said}`);
    })();
    await Promise.race([promise, hearing]);
    return new FailingCalls(tracer, hearing);
  }

  /** Reason why this machine or user cannot do it; undefined if it can. */
  static async hindrance(): Promise<string | undefined> {
    try {
      const sleeper = new Deno.Command("sleep", { args: ["60"] }).spawn();
      try {
        await (await FailingCalls.of(sleeper.pid, "fsync", "EIO")).mend();
        return undefined;
      } finally {
        sleeper.kill();
        await sleeper.status;
      }
    } catch (error) {
      return `no calls of another process can be made to fail here (${(error as Error).message})`;
    }
  }

  async mend(): Promise<void> {
    this.tracer.kill("SIGINT");
    await this.ended();
  }

  /** Waits until the process has ended, and strace with it. */
  async ended(): Promise<void> {
    await Promise.all([this.tracer.status, this.hearing]);
  }
}

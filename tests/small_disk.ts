const isFullRun = Deno.env.get("PARLOR_FULL_TESTS") === "1";

/** A disk of its own in memory, this many MB, which ends with the test. */
export class SmallDisk implements Disposable {
  /** Why there can be none here; nothing where there can. */
  static readonly hindrance: string | undefined = (() => {
    try {
      new SmallDisk(1)[Symbol.dispose]();
    } catch (error) {
      return `no small disk can be mounted here (${(error as Error).message})`;
    }
  })();

  readonly folder = Deno.makeTempDirSync({ prefix: "parlor-" });

  constructor(megabytes: number) {
    try {
      run("mount", "-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", this.folder);
    } catch (error) {
      Deno.removeSync(this.folder);
      throw error;
    }
  }

  [Symbol.dispose](): void {
    run("umount", "-l", this.folder);
    Deno.removeSync(this.folder);
  }
}

function run(command: string, ...args: string[]): void {
  const { success, stderr } = new Deno.Command(command, { args, stdout: "null" }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim() || `${command} failed`);
}

/** A test that needs a small disk. Where there can be none it is skipped in sight, or fails where root asks for all tests. */
export function testOnSmallDisk(name: string, test: () => Promise<void>): void {
  const { hindrance } = SmallDisk;
  if (!hindrance) return Deno.test(name, test);
  if (isFullRun && Deno.uid() === 0) return Deno.test(name, () => Promise.reject(new Error(hindrance)));
  console.log(`Skipped: "${name}": ${hindrance}`);
  Deno.test({ name: `${name} (skipped: ${hindrance})`, ignore: true, fn: test });
}

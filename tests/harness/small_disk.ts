import { testUnless } from "./test_unless.ts";

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

/** A test that needs a small disk. */
export const testOnSmallDisk = (name: string, test: () => Promise<void>): void =>
  testUnless(SmallDisk.hindrance, name, test);

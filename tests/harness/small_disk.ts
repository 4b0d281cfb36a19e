import { testUnless } from "./test_unless.ts";

/** A tmpfs of the given size in MB; unmounted at the end of the scope. */
export class SmallDisk implements Disposable {
  /** Why the machine cannot mount one; undefined if it can. */
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

/** Declares a test that needs a small disk. */
export const testOnSmallDisk = (name: string, test: () => Promise<void>): void =>
  testUnless(SmallDisk.hindrance, name, test);

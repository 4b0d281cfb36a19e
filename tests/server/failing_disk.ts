/** A separate file system of 64 MB that goes read-only, as after a disk error. */
export class FailingDisk implements Disposable {
  readonly #place = Deno.makeTempDirSync({ prefix: "parlor-" });
  readonly #image = `${this.#place}/image`;
  readonly folder = `${this.#place}/disk`;

  /** @throws if this user may not mount one */
  constructor() {
    try {
      Deno.mkdirSync(this.folder);
      Deno.writeFileSync(this.#image, new Uint8Array(0));
      Deno.truncateSync(this.#image, 64 * 2 ** 20);
      run("mkfs.ext4", "-q", "-F", this.#image);
      this.mount();
    } catch (error) {
      Deno.removeSync(this.#place, { recursive: true });
      throw error;
    }
  }

  static hindrance(): string | undefined {
    try {
      using _ = new FailingDisk();
      return undefined;
    } catch (error) {
      return `no disk that fails can be mounted here (${(error as Error).message})`;
    }
  }

  mount(): void {
    run("mount", "-o", "loop,errors=remount-ro", this.#image, this.folder);
  }

  unmount(): void {
    run("umount", this.folder);
  }

  /** Makes the kernel treat the file system as faulty: it becomes read-only, also for open files. */
  fail(): void {
    const device = run("findmnt", "-no", "SOURCE", this.folder).trim().replace("/dev/", "");
    Deno.writeTextFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, "a trial");
  }

  [Symbol.dispose](): void {
    this.unmount();
    Deno.removeSync(this.#place, { recursive: true });
  }
}

function run(command: string, ...args: string[]): string {
  const { success, stdout, stderr } = new Deno.Command(command, { args }).outputSync();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** A place for one test's database. Removed at the end of the scope. */
export class KvFile implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "parlor-kv-" });
  readonly path = `${this.folder}/parlor.kv`;
  readonly url = `kv:${this.path}`;

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

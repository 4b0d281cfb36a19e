import assert from "node:assert/strict";

/**
 * Runs a program that prints a line per acknowledged write, kills it after at least `enough` lines, and
 * returns the lines.
 */
export async function killedWriter(file: URL, args: string[], enough: number): Promise<string[]> {
  const writer = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", file.pathname, ...args],
    stdout: "piped",
  }).spawn();
  let said = "", killed = false;
  for await (const chunk of writer.stdout.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    if (!killed && said.split("\n").length > enough) {
      killed = true;
      writer.kill("SIGKILL");
    }
  }
  assert.equal((await writer.status).signal, "SIGKILL");
  return said.split("\n").slice(0, -1);
}

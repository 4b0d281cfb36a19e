/** The service's source folders; installed packages are linked, not copied. */
const parts = ["bot", "chat", "commands", "db", "jobs", "protocol", "routes", "server", "sockets", "web"];

/** Copies the sources, so that a test can modify them. */
export async function copySources(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-dev-" });
  for await (const { name, isFile } of Deno.readDir(".")) {
    if (isFile) await Deno.copyFile(name, `${folder}/${name}`);
  }
  for (const part of parts) {
    await new Deno.Command("cp", { args: ["-r", part, folder] }).output();
  }
  await Deno.symlink(await Deno.realPath("node_modules"), `${folder}/node_modules`);
  return folder;
}

// Tries operations that the service must not be permitted, and prints the results.
const tries: Record<string, () => unknown> = {
  "read a file elsewhere": () => Deno.readTextFileSync("/etc/passwd"),
  "write a file elsewhere": () => Deno.writeTextFileSync(`${Deno.args[0]}/written`, "x"),
  "write over its own code": () => Deno.writeTextFileSync("main.ts", "", { append: true }),
  "read the history of the code": () => Deno.readTextFileSync(".git/HEAD"),
  "read its own configuration": () => Deno.readTextFileSync("deno.json"),
  "ask a cloud for the machine's credentials": () => Deno.connect({ hostname: "169.254.169.254", port: 80 }),
  "ask another cloud": () => Deno.connect({ hostname: "100.100.100.200", port: 80 }),
  "ask a cloud by name": () => Deno.connect({ hostname: "metadata.google.internal", port: 80 }),
  "run a program": () => new Deno.Command("true").outputSync(),
  "load a library": () => Deno.dlopen("/lib/libc.so.6", {}),
  "read another variable": () => Deno.env.get("HOME"),
  "read all variables": () => Deno.env.toObject(),
  "know the machine": () => Deno.hostname(),
};
for (const [what, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    console.log(`${what}: done`);
  } catch (error) {
    console.log(`${what}: ${(error as Error).name}`);
  }
}

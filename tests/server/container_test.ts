import assert from "node:assert/strict";
import { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { v1 } from "../harness/parlor.ts";
import { testUnless } from "../harness/test_unless.ts";
import { signUp } from "./sign_up.ts";

/** Unprivileged user that stands for the container's user `deno`. */
const nobody = 65534;

function hindrance(): string | undefined {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return "only root can start programs as somebody else";
  return new Deno.Command("sh", { args: ["-c", "command -v setpriv"] }).outputSync().success
    ? undefined
    : "setpriv is missing";
}

/** Instructions of the Dockerfile in order. */
async function instructions(): Promise<{ verb: string; text: string }[]> {
  const lines = (await Deno.readTextFile("Dockerfile")).split("\n").filter((line) => /^[A-Z]/.test(line));
  return lines.map((line) => /^([A-Z]+) (.*)$/.exec(line)!).map(([, verb, text]) => ({
    verb: verb!,
    text: text!,
  }));
}

/** Copies what `COPY . .` copies: all files of a clone except those in .dockerignore. */
async function copyInto(folder: string): Promise<void> {
  const ignored = (await Deno.readTextFile(".dockerignore")).trim().split("\n");
  for (const name of ignored) assert.match(name, /^[\w.-]+$/, "names at the root alone are understood here");
  for (const name of [".git", "data", "node_modules"]) assert.ok(ignored.includes(name));
  for await (const { name } of Deno.readDir(".")) {
    if (!ignored.includes(name)) await new Deno.Command("cp", { args: ["-r", name, folder] }).output();
  }
}

testUnless(
  hindrance(),
  "the Dockerfile's commands make a service that can write its data alone",
  async () => {
    const root = await Deno.makeTempDir({ prefix: "parlor-" });
    const app = `${root}/app`, bin = `${root}/bin`, denoDir = `${root}/deno-dir`;
    try {
      for (const folder of [app, bin, denoDir]) await Deno.mkdir(folder);
      await Deno.chmod(root, 0o755);
      // Other users cannot run an executable below /root.
      await Deno.copyFile(Deno.execPath(), `${bin}/deno`);
      const info = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
      const { npmCache } = JSON.parse(new TextDecoder().decode(info.stdout));
      await Deno.symlink(npmCache, `${denoDir}/npm`);
      await copyInto(app);

      const env: Record<string, string> = {
        PATH: `${bin}:/usr/bin:/bin`,
        HOME: "/nonexistent",
        DENO_DIR: denoDir,
        NO_COLOR: "1",
      };
      const sh = (command: string, user: string[] = []) =>
        new Deno.Command("setpriv", {
          args: [...user, "sh", "-c", command],
          cwd: app,
          clearEnv: true,
          env,
          stdout: "piped",
          stderr: "piped",
        });
      let user: string[] = [], command: string[] = [];
      for (const { verb, text } of await instructions()) {
        if (verb === "RUN") {
          const { success, stdout, stderr } = await sh(text.replaceAll("deno:deno", `${nobody}:${nobody}`))
            .output();
          assert.ok(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
        } else if (verb === "USER") user = [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
        else if (verb === "ENV") Object.assign(env, Object.fromEntries([text.split("=")]));
        else if (verb === "CMD") command = JSON.parse(text);
      }
      assert.ok(user.length > 0, "it does not run as root");
      Object.assign(env, { PORT: "0", LOG_LEVEL: "error" });

      const filesOf = async () => {
        const find = "find . ../deno-dir -path ./data -prune -o -newer started -print";
        return new TextDecoder().decode((await sh(find).output()).stdout);
      };
      await Deno.writeTextFile(`${app}/started`, "");
      const child = sh(`exec ${command.join(" ")}`, user).spawn();
      let out = "", err = "";
      const decoder = new TextDecoder();
      const reading = Promise.all([
        (async () => {
          for await (const bytes of child.stdout) out += decoder.decode(bytes);
        })(),
        (async () => {
          for await (const bytes of child.stderr) err += decoder.decode(bytes);
        })(),
      ]);
      await eventually(() => /portal \S+/.test(out), { ms: 60_000, state: () => out + err });
      assert.match(
        out,
        /portal http:\/\/127\.0\.0\.1:\d+\/messages .* · WIRE=ws\n/,
        "an address that can be opened",
      );
      const address = /portal (\S+)\/messages/.exec(out)![1]!;
      const token = await signUp(address, "asha");
      const client = await Client.open(
        `${address.replace("http", "ws")}/ws/chat/asha/${crypto.randomUUID()}`,
        {
          protocols: v1(token),
        },
      );
      await client.say("hello");
      client.close();
      await client.gone();
      child.kill("SIGTERM");
      assert.equal((await child.status).code, 0);
      await reading;
      assert.equal(
        err,
        "Task start deno run --allow-read --allow-env --allow-run commands/launch.ts start\n",
        "nothing is complained of",
      );
      assert.equal(await filesOf(), "", "nothing was written but data");
      assert.ok((await Deno.stat(`${app}/data/parlor.db`)).uid === nobody);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
);

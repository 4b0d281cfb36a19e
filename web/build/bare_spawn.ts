import childProcess from "node:child_process";

/**
 * Starts the compiler without an environment: it would otherwise inherit the whole one, with the service's secrets, which
 * this process may not even read. And by the name that the permission allows, also where `node_modules` is a link.
 */
const { spawn } = childProcess;
childProcess.spawn =
  ((command: string, args: string[], options: object) =>
    spawn(command.replace(/^.*(?=[\\/]node_modules[\\/]\.deno[\\/])/, Deno.cwd()), args, {
      ...options,
      env: {},
    })) as typeof spawn;

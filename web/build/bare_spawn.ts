import childProcess from "node:child_process";

/**
 * The compiler is started without an environment: it would take the whole one, which this process may not even read, and
 * with it the service's secrets. And by the name under which it may be run, also where `node_modules` is a link.
 */
const { spawn } = childProcess;
childProcess.spawn =
  ((command: string, args: string[], options: object) =>
    spawn(command.replace(/^.*(?=[\\/]node_modules[\\/]\.deno[\\/])/, Deno.cwd()), args, {
      ...options,
      env: {},
    })) as typeof spawn;

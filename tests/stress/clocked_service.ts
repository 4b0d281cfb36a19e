import "./counted.ts";

// Runs the service with an adjustable clock: the file `clock` contains the offset in milliseconds.
const file = `${Deno.env.get("DATABASE_URL")!.replace(/^sqlite:/, "").replace(/\/[^/]*$/, "")}/clock`;
const RealDate = Date;
let ahead = 0;

class SetDate extends RealDate {
  constructor(...args: unknown[]) {
    super(...(args.length ? args : [SetDate.now()]) as [number]);
  }
  static override now = () => RealDate.now() + ahead;
}
globalThis.Date = SetDate as DateConstructor;

setInterval(() => {
  try {
    ahead = Number(Deno.readTextFileSync(file));
  } catch {
    ahead = 0;
  }
}, 20);

// Imported after the clock is replaced: `main.ts` starts the service only if it is the main module.
const { main } = await import("../../main.ts");
await main();

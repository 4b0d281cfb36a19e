import "./counted.ts";

// The service, with a clock that can be set: by the milliseconds that a file says, ahead or back.
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

// What is read as the main file decides that the service starts.
const { main } = await import("../../main.ts");
await main();

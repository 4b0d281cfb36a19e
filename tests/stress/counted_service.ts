// The unmodified service, which reports live memory and timers.
import "./counted.ts";

// A dynamic import: `main.ts` starts the service only if it is the main module.
const { main } = await import("../../main.ts");
await main();

// The service as it is, which says how much of it is alive.
import "./counted.ts";

// What is read as the main file decides that the service starts.
const { main } = await import("../../main.ts");
await main();

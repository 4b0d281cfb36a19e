import { DatabaseSync } from "node:sqlite";
import { Hono } from "hono";
import { jwtVerify } from "jose";
import { z } from "zod";

/**
 * Minimal program with the libraries that Parlor loads at startup: opens a database, parses a schema and
 * serves one path.
 */
const db = new DatabaseSync(Deno.env.get("DATABASE_URL")!.replace("sqlite:", ""));
db.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS greetings (text TEXT)");
const greetings = db.prepare("SELECT count(*) AS count FROM greetings");
const Greeting = z.object({ text: z.string().min(1) });
const key = crypto.getRandomValues(new Uint8Array(32));

const app = new Hono();
app.get("/healthz", (c) => c.json({ status: "ok" }));
app.get("/greetings", (c) => c.json(greetings.get()!));
app.post("/greetings", async (c) => {
  await jwtVerify(c.req.header("authorization") ?? "", key);
  return c.json(Greeting.parse(await c.req.json()));
});

const port = Number(Deno.env.get("PORT"));
const onListen = ({ port }: Deno.NetAddr) => console.log(`http://127.0.0.1:${port}`);
Deno.serve({ hostname: "127.0.0.1", port, onListen }, app.fetch);

import { ClientFrame, type ErrorCode, SeedFrame } from "./frames.ts";

/** A problem of a frame, and its error frame's fields. */
export interface BadFrame {
  code: ErrorCode;
  message: string;
  re?: string;
  client_id?: string;
}

export type ParsedFrame = { ok: true; frame: ClientFrame } | { ok: false; bad: BadFrame };

const commands = { seed: commandsOf(SeedFrame), v1: commandsOf(ClientFrame) };

function commandsOf(union: { options: readonly { shape: { command: { value: string } } }[] }): Set<string> {
  return new Set(union.options.map((option) => option.shape.command.value));
}

const bad = (code: ErrorCode, message: string, re?: string, client_id?: string): ParsedFrame => ({
  ok: false,
  bad: { code, message, re, client_id },
});

/** Parses one frame of a client. With `v1` false only the commands of section 2 exist. */
export function parseFrame(text: string, v1: boolean): ParsedFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad("bad_json", "The frame is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return bad("invalid_input", "A frame is a JSON object with a command");
  }
  const { command } = value as { command?: unknown };
  if (typeof command !== "string") return bad("invalid_input", "command: a text is missing");
  const re = command.slice(0, 64).toWellFormed();
  if (!commands[v1 ? "v1" : "seed"].has(command)) {
    return bad("unknown_command", `Unknown command ${JSON.stringify(re)}`, re);
  }
  const result = (v1 ? ClientFrame : SeedFrame).safeParse(value);
  if (result.success) return { ok: true, frame: result.data as ClientFrame };
  const issue = result.error.issues[0]!;
  const where = issue.path.join(".");
  return bad("invalid_input", where ? `${where}: ${issue.message}` : issue.message, re, clientIdOf(value));
}

/** The client's own id of a refused message, so that it knows which one was refused. */
function clientIdOf(value: object): string | undefined {
  const { client_id, message } = value as { client_id?: unknown; message?: { client_id?: unknown } | null };
  const id = client_id ?? (typeof message === "object" ? message?.client_id : undefined);
  return typeof id === "string" && id.length <= 64 ? id.toWellFormed() : undefined;
}

import { BadBody, eventsOf, textOf } from "./event_stream.ts";

/** An OpenAI-compatible `/chat/completions`. */
export interface Endpoint {
  url: string;
  model: string;
  key?: string;
}

export interface Prompt {
  role: "system" | "user";
  content: string;
}

/** Most tokens of an answer. */
export const mostTokens = 400;

/** A part of an answer as it arrives. */
export interface Piece {
  text?: string;
  /** Why the model has stopped writing. */
  finish?: string;
  /** Tokens as the endpoint counts them. */
  usage?: Usage;
}

export interface Usage {
  prompt: number;
  completion: number;
}

/** The endpoint did not answer as it must. `isPassing`: the same request may succeed a moment later. */
export class EndpointFailure extends Error {
  override name = "EndpointFailure";
  constructor(
    /** A fixed word, for logs and metrics. */
    override readonly message: string,
    readonly options: { isPassing?: boolean; retryAfterMs?: number } = {},
  ) {
    super(message);
  }
}

/** Sends a request; resolves once the status is good. @throws {EndpointFailure} @throws what `signal` is aborted with */
export async function request(
  { url, model, key }: Endpoint,
  messages: Prompt[],
  signal: AbortSignal,
): Promise<Response> {
  const body = {
    ...{ model, messages, stream: true, stream_options: { include_usage: true } },
    ...{ max_tokens: mostTokens, temperature: 0.2 },
  };
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
    // Followed, it would take the key and the conversation to an address that nobody has set.
    redirect: "manual",
    signal,
  }).catch((error) => {
    signal.throwIfAborted();
    throw new EndpointFailure("unreachable", { isPassing: error instanceof TypeError });
  });
  if (response.status === 200) return response;
  // It is refused whatever becomes of its body.
  await response.body?.cancel().catch(() => {});
  const isPassing = response.status === 429 || response.status >= 500;
  throw new EndpointFailure(`status_${response.status}`, { isPassing, retryAfterMs: retryAfterMs(response) });
}

/** `Retry-After`, in seconds or as a date. Milliseconds. */
function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  const ms = /^\d{1,7}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The pieces of an answer, streamed or in one. @throws {EndpointFailure} */
export async function* piecesOf(response: Response): AsyncGenerator<Piece> {
  const { body } = response;
  if (!body) throw new EndpointFailure("empty");
  const isWhole = /^application\/json\b/i.test(response.headers.get("content-type") ?? "");
  try {
    for await (const data of isWhole ? whole(body) : eventsOf(body)) {
      if (data.trim() === "[DONE]") return yield { finish: "stop" };
      yield pieceOf(data);
    }
  } catch (error) {
    if (error instanceof BadBody) throw new EndpointFailure("bad_body");
    // The connection has ended in the middle.
    if (error instanceof TypeError) throw new EndpointFailure("cut_off", { isPassing: true });
    throw error;
  }
}

async function* whole(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let text = "";
  for await (const part of textOf(body)) text += part;
  yield text;
}

interface Choice {
  delta?: Said | null;
  message?: Said | null;
  finish_reason?: string | null;
}
interface Said {
  content?: string | null;
  refusal?: string | null;
  tool_calls?: unknown[] | null;
  function_call?: unknown;
}

/** @throws {EndpointFailure} */
function pieceOf(data: string): Piece {
  const { error, choices, usage } = parsed(data);
  if (error) throw new EndpointFailure("error_event");
  const choice = (Array.isArray(choices) ? choices[0] : undefined) as Choice | undefined;
  const said = choice?.delta ?? choice?.message ?? {};
  // None was offered: whoever calls one is not answering the question.
  if (said.tool_calls?.length || said.function_call) throw new EndpointFailure("tool_call");
  return {
    ...(typeof said.content === "string" && { text: said.content }),
    ...(choice?.finish_reason && { finish: String(choice.finish_reason) }),
    ...(said.refusal && { finish: "content_filter" }),
    ...(isUsage(usage) && { usage: { prompt: usage.prompt_tokens, completion: usage.completion_tokens } }),
  };
}

/** @throws {EndpointFailure} */
function parsed(data: string): { error?: unknown; choices?: unknown; usage?: unknown } {
  try {
    const value = JSON.parse(data);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Refused below.
  }
  throw new EndpointFailure("no_json");
}

/** More than any model reads at once: a wrong figure must not use up a budget for good. */
const mostCounted = 10_000_000;
const isCount = (value: unknown) =>
  Number.isSafeInteger(value) && value as number >= 0 && value as number <= mostCounted;
const isUsage = (usage: unknown): usage is { prompt_tokens: number; completion_tokens: number } =>
  typeof usage === "object" && usage !== null &&
  isCount((usage as Record<string, unknown>).prompt_tokens) &&
  isCount((usage as Record<string, unknown>).completion_tokens);

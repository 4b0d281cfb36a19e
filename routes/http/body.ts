import type { z } from "zod";
import { maxBodyBytes } from "../../protocol/limits.ts";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { InvalidInput } from "../../chat/errors.ts";
import { BadBody, BodyTooBig } from "./errors.ts";

interface BodyOptions {
  /** Accepts a form as well. */
  form?: boolean;
  /** Checks the value before the schema, which may spend long on an oversized one. */
  check?: (value: unknown) => void;
}

/**
 * Parses a request's body by its schema; an empty body is `{}`.
 * @throws {BodyTooBig | BadBody | InvalidInput}
 */
export async function bodyOf<S extends z.ZodType>(
  request: Request,
  schema: S,
  { form = false, check }: BodyOptions = {},
) {
  const value = await valueOf(request, form);
  check?.(value);
  const result = schema.safeParse(value);
  if (!result.success) throw new InvalidInput(fieldsOf(result.error));
  return result.data as z.infer<S>;
}

async function valueOf(request: Request, form: boolean): Promise<unknown> {
  const text = await textOf(request);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (form && type === "application/x-www-form-urlencoded") {
    return Object.fromEntries(new URLSearchParams(text));
  }
  // A page of another origin can post text/plain without a preflight; it must not pass as JSON.
  if (text !== "" && type !== "application/json") throw new BadBody("Send the body as application/json");
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new BadBody("The body is not JSON");
  }
}

/** A file of comma-separated values as text. @throws {BodyTooBig | BadBody} */
export function csvOf(request: Request, maxBytes: number): Promise<string> {
  return fileOf(request, "text/csv", maxBytes);
}

/** A file of this media type as text; not `text/plain`, see below. @throws {BodyTooBig | BadBody} */
export function fileOf(request: Request, media: string, maxBytes: number): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  // As for JSON: a page of another origin cannot send this type without a preflight.
  if (type !== media) throw new BadBody(`Send the file as ${media}`);
  return textOf(request, maxBytes);
}

/** The body as text, read up to its limit. */
async function textOf(request: Request, maxBytes = maxBodyBytes): Promise<string> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooBig(maxBytes);
  const decoder = new TextDecoder();
  let text = "", bytes = 0;
  for await (const chunk of chunksOf(request)) {
    if ((bytes += chunk.byteLength) > maxBytes) throw tooBig(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** A body that ends early is the sender's fault. @throws {BadBody} */
async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch {
    throw new BadBody("The body ended before it was whole");
  }
}

const tooBig = (maxBytes: number) => new BodyTooBig(`A body holds at most ${maxBytes / 1024} KiB`);

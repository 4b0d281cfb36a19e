import type { Connection } from "./connection.ts";

/** Does what a frame asks, and may look at how. */
export type Around = (
  connection: Connection,
  command: string,
  work: () => void | Promise<void>,
) => void | Promise<void>;

interface Span {
  setStatus(status: { code: number }): void;
  end(): void;
}

/** OpenTelemetry's number for a span that failed. */
const failed = 2;

/** A span for each frame handled, told to wherever the runtime's OpenTelemetry (`OTEL_DENO`) tells of requests. */
export function frameSpans(): Around {
  const tracer = Deno.telemetry.tracerProvider.getTracer("parlor");
  return ({ who, v1 }, command, work) => {
    const attributes = { "parlor.party": who.kind, "parlor.v1": v1 };
    const span: Span = tracer.startSpan(`frame ${command}`, { attributes });
    const fail = (error: unknown): never => {
      span.setStatus({ code: failed });
      span.end();
      throw error;
    };
    try {
      const pending = work();
      if (!pending) return span.end();
      return pending.then(() => span.end(), fail);
    } catch (error) {
      return fail(error);
    }
  };
}

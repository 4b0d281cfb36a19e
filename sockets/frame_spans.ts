import type { AroundFrame } from "./connection.ts";

interface Span {
  setStatus(status: { code: number }): void;
  end(): void;
}

/** OpenTelemetry's status code for an error. */
const failed = 2;

/** A span for each frame handled, exported by the runtime's OpenTelemetry (`OTEL_DENO`). */
export function frameSpans(): AroundFrame {
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

import { Counter, type Family, Gauge, Histogram } from "./prometheus.ts";

/** Bucket bounds in seconds: from unnoticeable to clearly slow. */
const seconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Metrics of the running service. Label values are fixed words, never a name, an id or a text of a user. */
export class Metrics {
  readonly messages = new Counter("parlor_messages_total", "Messages stored", "side");
  readonly requests = new Counter("parlor_requests_total", "HTTP requests answered", "status");
  readonly refused = new Counter(
    "parlor_refused_total",
    "Requests and frames that were answered with an error",
    "reason",
  );
  readonly closed = new Counter("parlor_sockets_closed_total", "Sockets ended", "code");
  readonly commitSeconds = new Histogram("parlor_commit_seconds", "Time of a transaction", seconds);
  readonly commitWrites = new Histogram(
    "parlor_commit_writes",
    "Writes that shared a transaction",
    [1, 2, 5, 10, 20, 50, 100, 200, 500],
  );
  readonly fanOutSeconds = new Histogram(
    "parlor_fan_out_seconds",
    "Time to hand a stored message to every socket that hears it",
    seconds,
  );
  readonly loopLagSeconds = new Histogram(
    "parlor_event_loop_lag_seconds",
    "How late a timer ran that was set ten times a second",
    seconds,
  );
  readonly llmOutcomes = new Counter(
    "parlor_llm_questions_total",
    "Questions to the language model, by what became of them",
    "outcome",
  );
  readonly llmTokens = new Counter(
    "parlor_llm_tokens_total",
    "Tokens of the language model, as its endpoint counts them, else estimated",
    "kind",
  );
  readonly llmFaults = new Counter(
    "parlor_llm_faults_total",
    "Answers of the language model's endpoint that were of no use",
    "fault",
  );
  readonly llmFirstSeconds = new Histogram(
    "parlor_llm_first_text_seconds",
    "Time until the language model begins to answer",
    [0.1, 0.25, 0.5, 1, 2, 4, 8],
  );
  readonly #gauges: Gauge[] = [];

  gauge(...about: ConstructorParameters<typeof Gauge>): void {
    this.#gauges.push(new Gauge(...about));
  }

  /** All metrics in the Prometheus text format. */
  async text(): Promise<string> {
    const families: Family[] = [
      this.messages,
      this.requests,
      this.refused,
      this.closed,
      this.commitSeconds,
      this.commitWrites,
      this.fanOutSeconds,
      this.loopLagSeconds,
      this.llmOutcomes,
      this.llmTokens,
      this.llmFaults,
      this.llmFirstSeconds,
      ...this.#gauges,
    ];
    const lines = await Promise.all(families.map((family) => family.lines()));
    return lines.flat().join("\n") + "\n";
  }
}

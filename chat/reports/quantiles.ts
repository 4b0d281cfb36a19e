/** Values below this are exact; larger ones are known to within 1/256 of themselves. */
const exact = 256;

/** Quantiles of whole numbers of any number, in memory that does not grow with it. */
export class Quantiles {
  count = 0;
  /** Numbers of values by bucket, as far as the largest. */
  #counts = new Uint32Array(0);

  /** @param value a whole number, 0 or more */
  add(value: number): void {
    const bucket = bucketOf(value);
    if (bucket >= this.#counts.length) this.#grow(bucket);
    this.#counts[bucket]!++;
    this.count++;
  }

  /** The smallest values such that these parts (0 to 1, ascending) of all are not above them; undefined for none. */
  at(...parts: number[]): number[] | undefined {
    if (this.count === 0) return undefined;
    const ranks = parts.map((part) => Math.max(1, Math.ceil(part * this.count)));
    const found: number[] = [];
    for (let bucket = 0, below = 0; found.length < ranks.length; bucket++) {
      below += this.#counts[bucket]!;
      while (found.length < ranks.length && below >= ranks[found.length]!) found.push(valueOf(bucket));
    }
    return found;
  }

  #grow(bucket: number): void {
    const grown = new Uint32Array(Math.max(exact, Math.ceil((bucket + 1) * 1.25)));
    grown.set(this.#counts);
    this.#counts = grown;
  }
}

/** 128 buckets for each power of two from `exact` on. */
function bucketOf(value: number): number {
  if (value < exact) return value;
  const power = Math.floor(Math.log2(value)) - 7;
  return power * 128 + Math.floor(value / 2 ** power);
}

/** The middle of a bucket. */
function valueOf(bucket: number): number {
  if (bucket < exact) return bucket;
  const power = Math.floor(bucket / 128) - 1, width = 2 ** power;
  return (bucket - power * 128) * width + Math.floor(width / 2);
}

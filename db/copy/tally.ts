import { createHash } from "node:crypto";

/** Count and order-independent checksum by kind. */
export class Tally {
  readonly kinds = new Map<string, { count: number; sum: bigint }>();

  add(kind: string, record: object): void {
    const hash = createHash("sha256").update(JSON.stringify(sorted(record))).digest();
    const known = this.kinds.get(kind) ?? { count: 0, sum: 0n };
    this.kinds.set(kind, {
      count: known.count + 1,
      sum: BigInt.asUintN(64, known.sum + hash.readBigUInt64BE()),
    });
  }

  /** Kinds whose counts or checksums differ. */
  differences(other: Tally): string[] {
    const kinds = new Set([...this.kinds.keys(), ...other.kinds.keys()]);
    return [...kinds].filter((kind) => {
      const a = this.kinds.get(kind), b = other.kinds.get(kind);
      return a?.count !== b?.count || a?.sum !== b?.sum;
    });
  }

  lines(): string[] {
    return [...this.kinds].map(([kind, { count, sum }]) =>
      `${kind.padEnd(9)} ${String(count).padStart(10)}   ${sum.toString(16).padStart(16, "0")}`
    );
  }
}

/** The record with sorted fields, without undefined ones. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) =>
    a < b ? -1 : 1
  );
  return fields.map(([name, field]) => [name, sorted(field)]);
}

/**
 * Two-sample Kolmogorov-Smirnov test: the largest distance `d` between the two distributions, and the
 * probability `p` of one at least as large if both samples have the same distribution (asymptotic; accurate
 * from about 20 values each).
 */
export function kolmogorovSmirnov(
  one: readonly number[],
  other: readonly number[],
): { d: number; p: number } {
  const a = one.toSorted((x, y) => x - y), b = other.toSorted((x, y) => x - y);
  let d = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const value = Math.min(a[i]!, b[j]!);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    d = Math.max(d, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt(a.length * b.length / (a.length + b.length));
  const lambda = (root + 0.12 + 0.11 / root) * d;
  // Near 0 the series does not converge; the samples do not differ.
  if (lambda < 0.2) return { d, p: 1 };
  let p = 0;
  for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return { d, p: Math.min(1, Math.max(0, p)) };
}
